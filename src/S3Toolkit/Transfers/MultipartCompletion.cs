using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>Completes a multipart upload, and finds out what happened when the answer to that was lost.</summary>
internal static class MultipartCompletion
{
    /// <param name="caller">Makes the calls.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="parts">The parts in order.</param>
    /// <param name="options">Conditions and encryption of the upload.</param>
    /// <param name="startedAt">When the upload was started; null when that is not known.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static async Task<ObjectInfo> RunAsync(
        S3Caller caller,
        MultipartAddress upload,
        IReadOnlyList<UploadedPart> parts,
        ObjectWriteOptions options,
        DateTimeOffset? startedAt,
        CancellationToken cancellationToken)
    {
        try
        {
            var reply = await caller.CallAsync(
                // S3 wants the whole upload again after such a conflict ("CompleteMultipartUpload", Amazon S3 API reference).
                new S3Call("CompleteMultipartUpload", upload.BucketName, upload.Key) { ConflictIsFinal = true },
                (wire, attempt) => wire.Transport.CompleteMultipartAsync(upload, parts, options, attempt),
                cancellationToken).ConfigureAwait(false);
            return reply.Value;
        }
        catch (S3ToolkitException error) when (CompletionVerdict.CanBeEcho(error))
        {
            var found = await FindAsync(caller, upload, options, cancellationToken).ConfigureAwait(false);
            if (found is null || !CompletionVerdict.IsMadeOf(parts, found, startedAt)) throw;
            return found;
        }
    }

    private static async Task<ObjectInfo?> FindAsync(
        S3Caller caller, MultipartAddress upload, ObjectWriteOptions options, CancellationToken cancellationToken)
    {
        var find = new FindObjectOptions
        {
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            CustomerKey = options.Encryption as CustomerKeyEncryption,
            SdkRequestCustomizer = options.SdkRequestCustomizer,
        };
        try
        {
            var reply = await caller.CallAsync(
                new S3Call("HeadObject", upload.BucketName, upload.Key) { Expects = ExpectedErrors.NotFound },
                (wire, attempt) => wire.Transport.HeadObjectAsync(upload.BucketName, upload.Key, find, attempt),
                cancellationToken).ConfigureAwait(false);
            return reply.Error is null ? reply.Value : null;
        }
        catch (S3ToolkitException)
        {
            // No permission to look, or no answer: then the completion's own error is all that is known.
            return null;
        }
    }
}
