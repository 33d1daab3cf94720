using System.Collections.Concurrent;

namespace S3Toolkit.Transport;

/// <summary>The regions that buckets turned out to live in.</summary>
internal sealed class BucketRegions
{
    private readonly ConcurrentDictionary<string, string> _regions = new(StringComparer.Ordinal);

    public string? Find(string bucketName) => _regions.GetValueOrDefault(bucketName);

    /// <returns>Whether that is news.</returns>
    public bool Learn(string bucketName, string region)
    {
        var known = string.Equals(Find(bucketName), region, StringComparison.OrdinalIgnoreCase);
        _regions[bucketName] = region;
        return !known;
    }

    public void Forget(string bucketName) => _regions.TryRemove(bucketName, out _);
}
