namespace S3Toolkit.Server.Rates;

/// <summary>Finds the partition of a key and asks it. Thread-safe; time comes with each question.</summary>
internal sealed class PrefixRates(S3RateModel model)
{
    /// <summary>Beyond it keys stay in the partition above, so that no client can fill memory with prefixes.</summary>
    private const int MaxPartitions = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string BucketName, string Prefix), Partition> _partitions = [];

    /// <summary>Whether the request is within the rates of its prefix; counts it.</summary>
    public bool TryTake(string bucketName, string key, bool isWrite, DateTimeOffset now)
    {
        lock (_gate) return Find_NeedsLock(bucketName, key, now).TryTake(isWrite, now);
    }

    public IReadOnlyList<S3PrefixRate> Snapshot()
    {
        lock (_gate)
        {
            return
            [
                .. _partitions
                    .OrderBy(static item => item.Key.BucketName, StringComparer.Ordinal)
                    .ThenBy(static item => item.Key.Prefix, StringComparer.Ordinal)
                    .Select(static item => new S3PrefixRate(
                        item.Key.BucketName, item.Key.Prefix, item.Value.Reads, item.Value.Writes, item.Value.Refused, item.Value.IsSplit)),
            ];
        }
    }

    /// <summary>Down from the bucket's own partition, one folder for each split.</summary>
    private Partition Find_NeedsLock(string bucketName, string key, DateTimeOffset now)
    {
        string prefix = "";
        while (true)
        {
            Partition partition = Get_NeedsLock(bucketName, prefix, now);
            int slash = partition.IsSplit ? key.IndexOf('/', prefix.Length) : -1;
            if (slash < 0) return partition;
            bool isFull = _partitions.Count >= MaxPartitions && !_partitions.ContainsKey((bucketName, key[..(slash + 1)]));
            if (isFull) return partition;
            prefix = key[..(slash + 1)];
        }
    }

    private Partition Get_NeedsLock(string bucketName, string prefix, DateTimeOffset now)
    {
        if (_partitions.TryGetValue((bucketName, prefix), out Partition? partition)) return partition;
        partition = new Partition(model, now);
        _partitions.Add((bucketName, prefix), partition);
        return partition;
    }
}
