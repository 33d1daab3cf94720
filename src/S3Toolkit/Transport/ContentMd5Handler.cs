using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>
/// Adds <c>Content-MD5</c> to DeleteObjects. The SDK stopped sending it in 2025 in favour of a CRC, which servers that only know the
/// older header refuse with <c>MissingContentMD5</c>.
/// </summary>
internal sealed class ContentMd5Handler : PipelineHandler
{
    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var context = executionContext.RequestContext;
        if (context.OriginalRequest is DeleteObjectsRequest)
            context.Request.Headers["Content-MD5"] = Convert.ToBase64String(Hash(context.Request));

        return base.InvokeAsync<T>(executionContext);
    }

    // The SDK has its XML in an array or, since 2026, in a pooled stream.
    private static byte[] Hash(IRequest request)
    {
#pragma warning disable CA5351 // The protocol's choice: it finds damage in transit, it guards nothing.
        if (request.ContentStream is not { CanSeek: true } stream) return MD5.HashData(request.Content ?? []);
        var position = stream.Position;
        var hash = MD5.HashData(stream);
#pragma warning restore CA5351
        stream.Position = position;
        return hash;
    }
}
