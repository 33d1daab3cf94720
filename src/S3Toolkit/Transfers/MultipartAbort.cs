using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>Cleans up after a failed upload.</summary>
internal static class MultipartAbort
{
    // The caller is waiting for the exception that brought us here; past this time the parts are left to the lifecycle rule.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Aborts the upload whatever became of the caller's token. Never throws: a failure is logged, the first error is what counts.
    /// </summary>
    public static async Task TryAsync(S3Caller caller, MultipartAddress upload, BucketCallOptions options)
    {
        using var limit = new CancellationTokenSource(TimeLimit, caller.TimeProvider);
        try
        {
            await RunAsync(caller, upload, options, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            caller.Telemetry.AbortFailed(upload.BucketName, upload.Key, upload.UploadId, error);
        }
    }

    /// <summary>Aborts the upload. One that is gone already is fine.</summary>
    public static async Task RunAsync(
        S3Caller caller, MultipartAddress upload, BucketCallOptions options, CancellationToken cancellationToken) =>
        await caller.CallAsync(
            new S3Call("AbortMultipartUpload", upload.BucketName, upload.Key) { Expects = ExpectedErrors.NoSuchUpload },
            (wire, attempt) => wire.Transport.AbortMultipartAsync(upload, options, attempt),
            cancellationToken).ConfigureAwait(false);
}
