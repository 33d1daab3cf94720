using Amazon.S3;

namespace S3Toolkit.Transport;

/// <summary>A connected store's ways to the server: the transport for data, and the SDK's client for every other call.</summary>
internal sealed class S3Wire(
    IS3Transport transport, RegionalClients clients, SdkPresigner presigner, params IDisposable[] owned) : IDisposable
{
    public IS3Transport Transport => transport;

    public SdkPresigner Presigner => presigner;

    public RegionalClients Clients => clients;

    /// <summary>The client for a bucket, in the region that was learned for it.</summary>
    public IAmazonS3 Client(string? bucketName = null) => clients.For(bucketName);

    /// <summary>Remembers the region of a bucket.</summary>
    /// <returns>Whether that is news, so that the request is worth sending again.</returns>
    public bool LearnRegion(string bucketName, string region) => clients.Learn(bucketName, region);

    public void Dispose()
    {
        clients.Dispose();
        foreach (var each in owned) each.Dispose();
    }
}
