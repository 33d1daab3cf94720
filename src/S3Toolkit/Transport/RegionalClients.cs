using System.Collections.Concurrent;
using Amazon.S3;

namespace S3Toolkit.Transport;

/// <summary>
/// The SDK's clients of a store: one to begin with, and one more for each other region that a bucket turned out to live in. A client
/// that is not ours cannot be had for another region, so then nothing is learned.
/// </summary>
internal sealed class RegionalClients(IAmazonS3 first, Func<string, IAmazonS3>? createForRegion, IDisposable? owned) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<IAmazonS3>> _byRegion = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _regionOfBucket = new(StringComparer.Ordinal);

    public IAmazonS3 First => first;

    public IAmazonS3 For(string? bucketName) =>
        bucketName is not null && createForRegion is not null && _regionOfBucket.TryGetValue(bucketName, out var region)
            ? ForRegion(region)
            : first;

    public IAmazonS3 ForRegion(string region) => createForRegion is null
        ? first
        : _byRegion.GetOrAdd(region, static (name, create) => new Lazy<IAmazonS3>(() => create(name)), createForRegion).Value;

    public bool Learn(string bucketName, string region)
    {
        if (createForRegion is null) return false;
        var known = _regionOfBucket.TryGetValue(bucketName, out var before) && string.Equals(before, region, StringComparison.OrdinalIgnoreCase);
        _regionOfBucket[bucketName] = region;
        return !known;
    }

    /// <summary>Forgets a bucket that was deleted: another of its name may be made elsewhere.</summary>
    public void Forget(string bucketName) => _regionOfBucket.TryRemove(bucketName, out _);

    public void Dispose()
    {
        if (owned is null) return;
        foreach (var client in _byRegion.Values)
        {
            if (client.IsValueCreated) client.Value.Dispose();
        }

        first.Dispose();
        owned.Dispose();
    }
}
