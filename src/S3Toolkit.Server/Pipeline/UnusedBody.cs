using System.Buffers;

namespace S3Toolkit.Server.Pipeline;

/// <summary>Reads the body of a request whose operation takes none: what was signed of it must hold before anything is done.</summary>
internal static class UnusedBody
{
    private const int BufferBytes = 4096;

    /// <exception cref="S3ErrorException">The body is not what was signed, or is larger than any that S3 expects here.</exception>
    public static async ValueTask DrainAsync(OperationContext context, S3Operation operation, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength == 0 || TakesBody(operation)) return;
        int maxBytes = context.Options.MaxXmlBodyBytes;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long total = 0;
            while (await context.Authenticated.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                total += count;
                if (total > maxBytes) throw S3Errors.MaxMessageLengthExceeded(maxBytes).ToException();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TakesBody(S3Operation operation) => operation is S3Operation.CreateBucket or S3Operation.PutBucketVersioning
        or S3Operation.PutBucketTagging or S3Operation.PutObject or S3Operation.PostObject or S3Operation.DeleteObjects
        or S3Operation.PutObjectTagging or S3Operation.UploadPart or S3Operation.CompleteMultipartUpload;
}
