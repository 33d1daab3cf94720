using System.Collections.Concurrent;
using Amazon.S3;

namespace S3Toolkit.Transport;

/// <summary>
/// The SDK's clients of a store: one to begin with, and one more for each other region that a bucket turned out to live in. A client
/// that is not ours cannot be had for another region, so then nothing is learned.
/// </summary>
/// <param name="first">The client to begin with.</param>
/// <param name="createForRegion">Makes a client for another region; null when the first is not ours.</param>
/// <param name="regions">What was learned about buckets, shared with the clients of the public endpoint.</param>
internal sealed class RegionalClients(IAmazonS3 first, Func<string, IAmazonS3>? createForRegion, BucketRegions regions) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<IAmazonS3>> _byRegion = new(StringComparer.OrdinalIgnoreCase);

    public IAmazonS3 First => first;

    public IAmazonS3 For(string? bucketName) =>
        bucketName is not null && createForRegion is not null && regions.Find(bucketName) is { } region
            ? ForRegion(region)
            : first;

    public IAmazonS3 ForRegion(string region) => createForRegion is null
        ? first
        : _byRegion.GetOrAdd(region, static (name, create) => new Lazy<IAmazonS3>(() => create(name)), createForRegion).Value;

    public bool Learn(string bucketName, string region) => createForRegion is not null && regions.Learn(bucketName, region);

    /// <summary>Forgets a bucket that was deleted: another of its name may be made elsewhere.</summary>
    public void Forget(string bucketName) => regions.Forget(bucketName);

    public void Dispose()
    {
        // A client that is not ours is its owner's to dispose.
        if (createForRegion is null) return;
        foreach (var client in _byRegion.Values)
        {
            if (client.IsValueCreated) client.Value.Dispose();
        }

        first.Dispose();
    }
}
