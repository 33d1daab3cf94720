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
        if (context.OriginalRequest is DeleteObjectsRequest && context.Request.Content is { } content)
        {
#pragma warning disable CA5351 // The protocol's choice: it finds damage in transit, it guards nothing.
            context.Request.Headers["Content-MD5"] = Convert.ToBase64String(MD5.HashData(content));
#pragma warning restore CA5351
        }

        return base.InvokeAsync<T>(executionContext);
    }
}
