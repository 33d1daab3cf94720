using System.Collections;
using System.Collections.Concurrent;
using Amazon.Runtime.Endpoints;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Transport.Direct;

/// <summary>
/// The endpoints of buckets, by the SDK's rules. Asking them takes about 0.1 ms and 10 KiB, so the answer is kept for as long as the
/// bucket's region stays the same.
/// </summary>
internal sealed class DirectEndpoints(RegionalClients clients, bool allowUnsignedOverHttp)
{
    private const int MaxKnown = 10_000;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public DirectEndpoint For(string bucketName)
    {
        var client = clients.For(bucketName);
        if (_known.TryGetValue(bucketName, out var known) && ReferenceEquals(known.Client, client)) return known.Endpoint;
        var endpoint = Ask(client, bucketName);
        // A program that goes through names for ever starts over.
        if (_known.Count >= MaxKnown) _known.Clear();
        _known[bucketName] = new Known(client, endpoint);
        return endpoint;
    }

    private DirectEndpoint Ask(IAmazonS3 client, string bucketName)
    {
        var address = client.DetermineServiceOperationEndpoint(new GetObjectRequest { BucketName = bucketName, Key = "key" });
        var region = client.Config.AuthenticationRegion ?? SigningRegion(address)
            ?? client.Config.RegionEndpoint?.SystemName ?? "us-east-1";
        return DirectEndpoint.Of(new Uri(address.URL), region, allowUnsignedOverHttp);
    }

    /// <summary>The region that the rules sign for, which is another one than the client's for such as "aws-global".</summary>
    private static string? SigningRegion(Endpoint address) =>
        address.Attributes?["authSchemes"] is IEnumerable schemes
            ? schemes.OfType<IPropertyBag>().Select(static scheme => scheme["signingRegion"] as string).FirstOrDefault()
            : null;

    private sealed record Known(IAmazonS3 Client, DirectEndpoint Endpoint);
}
