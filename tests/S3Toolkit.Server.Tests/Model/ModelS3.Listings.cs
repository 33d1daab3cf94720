namespace S3Toolkit.Server.Tests.Model;

/// <summary>This file: listings, each made whole and then cut into pages.</summary>
internal sealed partial class ModelS3
{
    private string List(ListObjects step) => Pages(
        Rolled(Bucket(step.Bucket).Keys.Where(pair => !pair.Value[^1].IsMarker), step.Prefix, step.Delimiter, step.After, pair =>
            [Answer.Object(pair.Key, pair.Value[^1].ETag, pair.Value[^1].Body.Length, pair.Value[^1].Time)]),
        step.Page);

    private string List(ListVersions step) => Pages(
        Rolled(Bucket(step.Bucket).Keys, step.Prefix, step.Delimiter, step.After, pair =>
            Enumerable.Reverse(pair.Value).Select((version, age) => Answer.Version(
                pair.Key, version.Id, version.IsMarker, age == 0, version.ETag, version.Body.Length, version.Time))),
        step.Page);

    private string List(ListUploads step)
    {
        IEnumerable<KeyValuePair<string, List<ModelUpload>>> byKey = Bucket(step.Bucket).Uploads
            .Where(upload => upload.Completed is null)
            .GroupBy(upload => upload.Key)
            .OrderBy(group => group.Key, Comparer<string>.Create(ModelBucket.Utf8Order))
            .Select(group => KeyValuePair.Create(group.Key, group.ToList()));
        return Pages(
            Rolled(byKey, step.Prefix, step.Delimiter, step.After, pair =>
                pair.Value.Select(upload => Answer.Upload(upload.Key, upload.Id, upload.Time))),
            step.Page);
    }

    /// <summary>Items of the keys after a key, and the common prefixes that stand for the others: one of each pair is empty.</summary>
    private static IEnumerable<(string Item, string Prefix)> Rolled<T>(
        IEnumerable<KeyValuePair<string, T>> keys, string prefix, string delimiter, string after,
        Func<KeyValuePair<string, T>, IEnumerable<string>> itemsOf)
    {
        string last = "";
        foreach (KeyValuePair<string, T> pair in keys)
        {
            if (!pair.Key.StartsWith(prefix, StringComparison.Ordinal)) continue;
            int at = delimiter.Length == 0 ? -1 : pair.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            string common = at < 0 ? "" : pair.Key[..(at + delimiter.Length)];
            string name = at < 0 ? pair.Key : common;
            if (ModelBucket.Utf8Order(name, after) <= 0) continue;
            if (at < 0)
            {
                foreach (string item in itemsOf(pair)) yield return (item, "");
            }
            else if (common != last)
            {
                yield return ("", last = common);
            }
        }
    }

    private static string Pages(IEnumerable<(string Item, string Prefix)> all, int size)
    {
        (string Item, string Prefix)[][] pages = [.. all.Chunk(size)];
        if (pages.Length == 0) pages = [[]];
        return "200 " + string.Concat(pages.Select((page, index) => Answer.Page(
            page.Select(entry => entry.Item).Where(item => item.Length > 0),
            page.Select(entry => entry.Prefix).Where(item => item.Length > 0),
            index < pages.Length - 1)));
    }
}
