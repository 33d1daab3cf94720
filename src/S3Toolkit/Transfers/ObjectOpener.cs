using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>Opens objects for reading.</summary>
internal static class ObjectOpener
{
    /// <summary>Asks for an object. What the call expects is an answer without a reader.</summary>
    public static ValueTask<S3Reply<GetReply>> AskAsync(
        S3Caller caller,
        string bucketName,
        string key,
        GetObjectOptions options,
        ExpectedErrors expects,
        CancellationToken cancellationToken) =>
        caller.CallAsync(
            new S3Call("GetObject", bucketName, key) { Expects = expects },
            (wire, attempt) => wire.Transport.GetObjectAsync(bucketName, key, options, attempt),
            cancellationToken);

    public static async Task<ObjectReader> OpenAsync(
        S3Caller caller, string bucketName, string key, GetObjectOptions options, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(caller, bucketName, key, options, ExpectedErrors.NotModified, cancellationToken).ConfigureAwait(false);
        return reply.Error is null ? Read(caller, options, reply.Value) : NotModified(bucketName, key, options);
    }

    public static ObjectReader NotModified(string bucketName, string key, GetObjectOptions options) =>
        ObjectReader.NotModified(new ObjectInfo { BucketName = bucketName, Key = key, ETag = options.OnlyIfNoneMatch });

    /// <summary>Takes over an answer.</summary>
    public static ObjectReader Read(S3Caller caller, GetObjectOptions options, GetReply open)
    {
        var content = new ResumingStream(caller, options, open, caller.Options);
        return new ObjectReader(
            open.Info, content, options.Range is null ? null : open.Range, content.LengthBytes, () => content.Verification)
        {
            ProgressFailed = error => caller.Telemetry.ProgressFailed(open.Info.BucketName, open.Info.Key, error),
        };
    }
}
