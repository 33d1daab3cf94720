using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>One upload: where to, with which options. Sends what it is given in one request or in parts.</summary>
internal sealed class Upload(S3Caller caller, string bucketName, string key, PutObjectOptions options, int maxConcurrency)
{
    public string BucketName => bucketName;

    public string Key => key;

    public async Task<ObjectInfo> PutAsync(RequestBody body, CancellationToken cancellationToken)
    {
        var reply = await caller.CallAsync(
            new S3Call("PutObject", bucketName, key),
            (wire, attempt) => wire.Transport.PutObjectAsync(bucketName, key, body, options, attempt),
            cancellationToken).ConfigureAwait(false);
        Meter(body.Length).Add(body.Length);
        return WrittenObject.Describe(reply.Value, options, body.Length);
    }

    public async Task<ObjectInfo> PutPartsAsync(IPartSource source, CancellationToken cancellationToken)
    {
        var startedAt = caller.TimeProvider.GetUtcNow();
        var address = await MultipartCreation.RunAsync(caller, bucketName, key, options, cancellationToken).ConfigureAwait(false);
        var meter = Meter(source.Length);
        ObjectInfo result;
        try
        {
            var parts = await ParallelParts<UploadPart>.RunAsync(
                source.NextAsync,
                (part, token) => SendAsync(address, part, meter, token),
                maxConcurrency,
                cancellationToken).ConfigureAwait(false);
            source.ThrowIfChanged();
            var answer = await MultipartCompletion.RunAsync(caller, address, parts, options, startedAt, cancellationToken)
                .ConfigureAwait(false);
            result = WrittenObject.Describe(answer, options, parts.Sum(static part => part.SizeBytes), parts.Count);
        }
        catch
        {
            await MultipartAbort.TryAsync(caller, address, options).ConfigureAwait(false);
            throw;
        }

        meter.Finish();
        return result;
    }

    private ProgressMeter Meter(long? totalBytes) =>
        new(options.Progress, totalBytes, error => caller.Telemetry.ProgressFailed(bucketName, key, error));

    private async Task<UploadedPart> SendAsync(
        MultipartAddress address, UploadPart part, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var reply = await caller.CallAsync(
            new S3Call("UploadPart", bucketName, key),
            (wire, attempt) => wire.Transport.UploadPartAsync(address, part.Number, part.Body, options, attempt),
            cancellationToken).ConfigureAwait(false);
        meter.Add(part.Body.Length);
        return reply.Value with { PartNumber = part.Number, SizeBytes = part.Body.Length };
    }
}
