using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Model;

/// <summary>
/// Sends steps with the real SDK and writes down the answers. The server's ids are random: they appear as v1, v2 and u1, u2 in the order in
/// which they were first seen. This file: which step is what, and buckets.
/// </summary>
internal sealed partial class SdkS3(AmazonS3Client client, DateTimeOffset start)
{
    private readonly KnownNames _names = new();
    private readonly Dictionary<string, string> _shortNames = new()
    {
        ["null"] = "null", [KnownNames.NeverGiven] = KnownNames.NeverGiven,
    };
    private readonly Dictionary<string, SortedDictionary<int, string>> _parts = [];
    private int _versions;

    public async Task<string> RunAsync(S3Step step)
    {
        try
        {
            return await SendAsync(step);
        }
        catch (DeleteObjectsException exception)
        {
            return Deleted(exception.Response, ((DeleteMany)step).Bucket);
        }
        catch (AmazonS3Exception exception)
        {
            int status = (int)exception.StatusCode;
            return step is ReadObject { IsHead: true } ? Answer.HeadError(status) : Answer.Error(status, exception.ErrorCode);
        }
    }

    private Task<string> SendAsync(S3Step step) => step switch
    {
        CreateBucket create => StatusAsync(client.PutBucketAsync(create.Bucket)),
        DeleteBucket delete => StatusAsync(client.DeleteBucketAsync(delete.Bucket)),
        ListBuckets list => SendAsync(list),
        SetVersioning set => SendAsync(set),
        GetVersioning get => SendAsync(get),
        PutObject put => SendAsync(put),
        ReadObject { IsHead: true } read => HeadAsync(read),
        ReadObject read => GetAsync(read),
        ReadPart read => GetAsync(read),
        DeleteObject delete => SendAsync(delete),
        DeleteMany delete => SendAsync(delete),
        CopyObject copy => SendAsync(copy),
        PutTags tags => SendAsync(tags),
        GetTags tags => SendAsync(tags),
        DeleteTags tags => SendAsync(tags),
        ListObjects { IsV2: true } list => SecondAsync(list),
        ListObjects list => FirstAsync(list),
        ListVersions list => SendAsync(list),
        ListUploads list => SendAsync(list),
        CreateUpload create => SendAsync(create),
        UploadPart upload => SendAsync(upload),
        CopyPart copy => SendAsync(copy),
        ListParts list => SendAsync(list),
        CompleteUpload complete => SendAsync(complete),
        AbortUpload abort => SendAsync(abort),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "No call."),
    };

    private static async Task<string> StatusAsync<T>(Task<T> call)
        where T : Amazon.Runtime.AmazonWebServiceResponse => $"{(int)(await call).HttpStatusCode}";

    private async Task<string> SendAsync(ListBuckets step)
    {
        string pages = "200 ";
        string? token = null;
        do
        {
            ListBucketsResponse page = await client.ListBucketsAsync(
                new ListBucketsRequest { MaxBuckets = step.Page, ContinuationToken = token });
            token = page.ContinuationToken;
            pages += Answer.Page((page.Buckets ?? []).Select(bucket => bucket.BucketName), [], token is not null);
        }
        while (token is not null);
        return pages;
    }

    private Task<string> SendAsync(SetVersioning step) => StatusAsync(client.PutBucketVersioningAsync(new()
    {
        BucketName = step.Bucket,
        VersioningConfig = new() { Status = step.IsEnabled ? VersionStatus.Enabled : VersionStatus.Suspended },
    }));

    private async Task<string> SendAsync(GetVersioning step)
    {
        string? status = (await client.GetBucketVersioningAsync(step.Bucket)).VersioningConfig.Status?.Value;
        return $"200 {(status == "Off" ? "" : status)}"; // what the SDK calls no status
    }

    private string? Short(string? versionId)
    {
        if (string.IsNullOrEmpty(versionId)) return null;
        if (!_shortNames.TryGetValue(versionId, out string? known)) _shortNames[versionId] = known = $"v{++_versions}";
        return known;
    }

    private int Seconds(DateTime? time) => (int)(new DateTimeOffset(time!.Value.ToUniversalTime(), TimeSpan.Zero) - start).TotalSeconds;

    private static string Unquote(string? eTag) => (eTag ?? "").Trim('"');

    private static string? IfMatch(Guard guard, int body) => guard switch
    {
        Guard.IfAny => "*",
        Guard.IfBody => $"\"{Bodies.ETagOf(body)}\"",
        _ => null,
    };

    private static string? IfNoneMatch(Guard guard) => guard == Guard.IfAbsent ? "*" : null;

    private static List<Tag> TagSet(int tag) => tag == 0 ? [] : [new Tag { Key = "t", Value = $"{tag}" }];
}
