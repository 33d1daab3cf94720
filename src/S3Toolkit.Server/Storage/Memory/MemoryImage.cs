namespace S3Toolkit.Server.Storage.Memory;

/// <summary>All buckets as they were at one moment. Nobody writes to them: who needs them takes copies.</summary>
internal sealed class MemoryImage(IReadOnlyList<MemoryBucket> buckets)
{
    public IEnumerable<MemoryBucket> CopiesFor(MemoryBudget owner) => buckets.Select(bucket => bucket.Copy(owner));
}
