namespace S3Toolkit.Server.Storage;

/// <summary>How a delimiter rolls keys up into common prefixes.</summary>
internal static class KeyRollup
{
    /// <summary>The common prefix that stands for a key in a listing; null when the key stands for itself.</summary>
    public static string? CommonPrefixOf(string key, string prefix, string delimiter)
    {
        if (delimiter.Length == 0 || key.Length < prefix.Length) return null;
        int at = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + delimiter.Length)];
    }

    /// <summary>Where a page begins: after the last key, or the last common prefix, of the page before.</summary>
    public static SortedKeyMap<T>.Cursor Start<T>(SortedKeyMap<T> map, string prefix, string delimiter, string after)
    {
        if (after.Length == 0 || KeyOrder.CompareKeys(after, prefix) < 0) return map.From(prefix);
        bool isInside = after.StartsWith(prefix, StringComparison.Ordinal);
        return isInside && CommonPrefixOf(after, prefix, delimiter) is { } common ? map.AfterPrefix(common) : map.After(after);
    }

    /// <summary>
    /// Where a page begins that may go on within a key: at the marker's key when it has entries of its own in this listing and
    /// <paramref name="afterEntry"/> names one of them, else as <see cref="Start"/>.
    /// </summary>
    public static SortedKeyMap<T>.Cursor StartWithin<T>(
        SortedKeyMap<T> map, string prefix, string delimiter, string afterKey, string afterEntry)
    {
        bool isWithin = afterEntry.Length > 0 && afterKey.StartsWith(prefix, StringComparison.Ordinal)
            && CommonPrefixOf(afterKey, prefix, delimiter) is null;
        return isWithin ? map.From(afterKey) : Start(map, prefix, delimiter, afterKey);
    }
}
