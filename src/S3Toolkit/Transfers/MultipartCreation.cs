using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>Starts a multipart upload so that a cancelled start leaves nothing behind.</summary>
internal static class MultipartCreation
{
    // A request that is out may have been carried out: without its answer nobody knows the id to abort. So it gets this long to come.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <exception cref="OperationCanceledException">The caller cancelled; an upload that was created was aborted.</exception>
    public static async Task<MultipartAddress> RunAsync(
        S3Caller caller, string bucketName, string key, ObjectWriteOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, caller.TimeProvider);
        var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(Grace), limit);
        await using var registered = registration.ConfigureAwait(false);
        var call = new S3Call("CreateMultipartUpload", bucketName, key);
        MultipartAddress upload;
        try
        {
            var created = await caller.CallAsync(
                call,
                (wire, attempt) => wire.Transport.CreateMultipartAsync(bucketName, key, options, attempt),
                limit.Token).ConfigureAwait(false);
            upload = new MultipartAddress(bucketName, key, created.Value);
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The upload of s3://{bucketName}/{key} was cancelled.", error, cancellationToken);
        }

        if (!cancellationToken.IsCancellationRequested) return upload;
        await MultipartAbort.TryAsync(caller, upload, options).ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    }
}
