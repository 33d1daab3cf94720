using System.Buffers;
using S3Toolkit.Server.Operations.Catalog;

namespace S3Toolkit.Server.Pipeline;

/// <summary>Reads the body of a request whose operation takes none: what was signed of it must hold before anything is done.</summary>
internal static class UnusedBody
{
    private const int BufferBytes = 4096;

    /// <exception cref="S3ErrorException">The body is not what was signed, or is larger than any that S3 expects here.</exception>
    public static async ValueTask DrainAsync(OperationContext context, S3Operation operation, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength == 0 || operation.Has(OperationTraits.TakesBody)) return;
        await DrainAsync(context.Authenticated.Body, context.Options.MaxXmlBodyBytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what is left of a body and drops it.</summary>
    /// <exception cref="S3ErrorException">It is not what was signed, or is longer than <paramref name="maxBytes"/>.</exception>
    public static async ValueTask DrainAsync(Stream body, int maxBytes, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long total = 0;
            while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
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
}
