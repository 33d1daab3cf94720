namespace S3Toolkit.Server;

/// <summary>The server that a bucket replicates to; see <see cref="S3ServerOptions.ReplicationTargets"/>.</summary>
public sealed class S3ReplicationTarget
{
    /// <summary>A server somewhere.</summary>
    /// <param name="endpoint">Its address, without a path; the bucket is named in the path.</param>
    /// <param name="accessKeyId">The access key that may write there. The owner's own, when versions are to keep their ids.</param>
    /// <param name="secretAccessKey">Its secret. Appears in no log.</param>
    /// <param name="region">The region that requests are signed for.</param>
    /// <exception cref="ArgumentException">The endpoint is no absolute http or https URL, or a key is empty.</exception>
    public S3ReplicationTarget(Uri endpoint, string accessKeyId, string secretAccessKey, string region = "us-east-1")
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        ArgumentException.ThrowIfNullOrEmpty(secretAccessKey);
        ArgumentException.ThrowIfNullOrEmpty(region);
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                $"The endpoint is {Pipeline.UriText.Of(endpoint)}. Give an absolute http or https URL.", nameof(endpoint));
        }
        (Endpoint, AccessKeyId, SecretAccessKey, Region) = (endpoint, accessKeyId, secretAccessKey, region);
    }

    /// <summary>The server's address.</summary>
    public Uri Endpoint { get; }

    /// <summary>The access key.</summary>
    public string AccessKeyId { get; }

    /// <summary>The region that requests are signed for.</summary>
    public string Region { get; }

    /// <summary>Makes the handler that requests go through; null opens sockets.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public Func<HttpMessageHandler>? HandlerFactory { get; init; }

    internal string SecretAccessKey { get; }

    /// <summary>Another server of this process, by its handler: it need not listen.</summary>
    /// <param name="server">The server.</param>
    /// <returns>The target.</returns>
    public static S3ReplicationTarget Of(S3Server server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new S3ReplicationTarget(server.Endpoint, server.AccessKeyId, server.SecretAccessKey, server.Region)
        {
            HandlerFactory = server.CreateHandler,
        };
    }
}
