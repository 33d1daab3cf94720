namespace S3Toolkit.Transfers;

/// <summary>Gathers objects into batches as they come. A key that cannot share a request becomes a batch of its own.</summary>
/// <param name="objects">The objects.</param>
/// <param name="batchSize">The most that one batch holds.</param>
internal sealed class DeleteBatchReader(IAsyncEnumerator<ObjectIdentifier> objects, int batchSize)
{
    private readonly Queue<ObjectIdentifier> _alone = new();
    private bool _ended;

    /// <summary>Whether a key can share a request.</summary>
    public static bool FitsWithOthers(string? key) => DeletableKey.Fault(key) is null && DeletableKey.FitsXml(key!);

    /// <summary>The next batch; empty at the end.</summary>
    public async Task<IReadOnlyList<ObjectIdentifier>> NextAsync()
    {
        if (_alone.TryDequeue(out var waiting)) return [waiting];
        var batch = new List<ObjectIdentifier>();
        while (!_ended && batch.Count < batchSize && _alone.Count < batchSize)
        {
            if (!await objects.MoveNextAsync().ConfigureAwait(false)) _ended = true;
            else if (FitsWithOthers(objects.Current.Key)) batch.Add(objects.Current);
            else _alone.Enqueue(objects.Current);
        }

        if (batch.Count == 0 && _alone.TryDequeue(out var only)) return [only];
        return batch;
    }
}
