using S3Toolkit.Checksums;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Multipart;

/// <summary>Finds the upload that a request names.</summary>
internal static class UploadFinder
{
    /// <summary>An upload under way; a completed one is gone, to all but a repeated Complete.</summary>
    public static async ValueTask<UploadRecord> FindAsync(
        OperationContext context, CancellationToken cancellationToken, bool allowCompleted = false)
    {
        string uploadId = Parameters.UploadId(context);
        StorageResult<UploadRecord> found = await context.Storage
            .FindUploadAsync(context.BucketName, context.Key, uploadId, cancellationToken).ConfigureAwait(false);
        UploadRecord upload = found.ValueOrThrow(context, uploadId);
        return upload.Completed is null || allowCompleted ? upload : throw S3Errors.NoSuchUpload(uploadId).ToException();
    }

    /// <summary>
    /// An upload that was started with a checksum takes parts with that one only; one whose checksum is made of the parts' checksums
    /// takes no part without.
    /// </summary>
    public static void CheckFunction(UploadRecord upload, ChecksumFunction? declared)
    {
        if (upload.ChecksumFunction is not { } expected || declared == expected) return;
        if (declared is null && !upload.IsCompositeChecksum) return;
        throw S3Errors.InvalidRequest(
            $"Checksum Type mismatch occurred, expected checksum Type: {expected.ToAlgorithmName().ToLowerInvariant()}, "
            + $"actual checksum Type: {declared?.ToAlgorithmName().ToLowerInvariant() ?? "null"}").ToException();
    }
}
