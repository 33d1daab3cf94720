using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace S3Toolkit.Transport;

/// <summary>
/// Keeps the slash that a key begins with. In path style the SDK signs <c>/bucket//key</c> and sends <c>/bucket/key</c>: joining
/// endpoint and path, it drops one slash. Here, after the signer, the key gets it back.
/// </summary>
internal sealed class LeadingSlashHandler : PipelineHandler
{
    private const string KeyResource = "{Key+}";

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var request = executionContext.RequestContext.Request;
        if (request.Endpoint.AbsolutePath.Length > 1
            && request.PathResources.TryGetValue(KeyResource, out var key) && key.StartsWith('/'))
        {
            request.PathResources[KeyResource] = "/" + key;
        }

        return base.InvokeAsync<T>(executionContext);
    }

    /// <summary>The same for a presigned URL, which does not pass through the pipeline.</summary>
    public static string Restore(string url, string bucketName, string key)
    {
        if (!key.StartsWith('/')) return url;
        var path = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        var inPath = $"/{bucketName}/";
        // In virtual-hosted style nothing is joined, and nothing lost.
        return path > 0 && string.CompareOrdinal(url, path, inPath, 0, inPath.Length) == 0
            && !url[..path].Contains($"//{bucketName}.", StringComparison.Ordinal)
            ? url.Insert(path + inPath.Length, "/")
            : url;
    }
}
