namespace S3Toolkit.Server.Tests.Model;

/// <summary>
/// S3 as its documentation tells it, written as simply as can be: no speed, no concurrency, no disk. It shares nothing with the server that
/// it is held against. This file: which step is what, and buckets.
/// </summary>
internal sealed partial class ModelS3
{
    private readonly SortedDictionary<string, ModelBucket> _buckets = new(StringComparer.Ordinal);
    private readonly KnownNames _names = new();
    private int _now;
    private int _versions;
    private int _uploads;

    /// <summary>What S3 answers to a step at a time.</summary>
    public string Run(S3Step step, int now)
    {
        _now = now;
        try
        {
            return AnswerTo(step);
        }
        catch (ModelException exception)
        {
            bool isHead = step is ReadObject { IsHead: true };
            return isHead ? Answer.HeadError(exception.Status) : Answer.Error(exception.Status, exception.Message);
        }
    }

    private string AnswerTo(S3Step step) => step switch
    {
        CreateBucket create => Create(create),
        DeleteBucket delete => Delete(delete),
        ListBuckets list => Pages(_buckets.Keys.Select(name => (name, "")), list.Page),
        SetVersioning set => Set(set),
        GetVersioning get => $"200 {Bucket(get.Bucket).IsVersioned switch { null => "", true => "Enabled", _ => "Suspended" }}",
        PutObject put => Put(put),
        ReadObject read => Read(read),
        ReadPart read => Read(read),
        DeleteObject delete => Delete(delete),
        DeleteMany delete => Delete(delete),
        CopyObject copy => Copy(copy),
        PutTags tags => Tags(tags.Bucket, tags.Key, tags.Version, 200, version => version.Tag = tags.Tag, shows: false),
        GetTags tags => Tags(tags.Bucket, tags.Key, tags.Version, 200, null, shows: true),
        DeleteTags tags => Tags(tags.Bucket, tags.Key, tags.Version, 204, version => version.Tag = 0, shows: false),
        ListObjects list => List(list),
        ListVersions list => List(list),
        ListUploads list => List(list),
        CreateUpload create => Create(create),
        UploadPart upload => Upload(upload),
        CopyPart copy => Copy(copy),
        ListParts list => List(list),
        CompleteUpload complete => Complete(complete),
        AbortUpload abort => Abort(abort),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not modelled."),
    };

    private string Create(CreateBucket step)
    {
        _buckets.TryAdd(step.Bucket, new ModelBucket()); // again in us-east-1: no error, and nothing changes
        return "200";
    }

    private string Delete(DeleteBucket step)
    {
        if (Bucket(step.Bucket).Keys.Count > 0) throw new ModelException(409, "BucketNotEmpty");
        _buckets.Remove(step.Bucket);
        return "204";
    }

    private string Set(SetVersioning step)
    {
        Bucket(step.Bucket).IsVersioned = step.IsEnabled;
        return "200";
    }

    private ModelBucket Bucket(string name) => _buckets.GetValueOrDefault(name) ?? throw new ModelException(404, "NoSuchBucket");

    private sealed class ModelException(int status, string code) : Exception(code)
    {
        public int Status => status;
    }
}
