namespace S3Toolkit.Server.Storage.Memory;

/// <summary>Copies for snapshots: the index is copied, records and bodies are immutable and shared.</summary>
internal sealed partial class MemoryBucket
{
    /// <summary>Held by who copies several buckets at one moment.</summary>
    public Lock Gate => _gate;

    /// <param name="owner">The budget of the storage that the copy is for. It is not taken from yet.</param>
    public MemoryBucket Copy(MemoryBudget owner)
    {
        lock (_gate)
        {
            return new MemoryBucket(_record, owner)
            {
                _objects = _objects.Copy(static versions => versions.Copy()),
                _uploads = _uploads.Copy(static uploads => [.. uploads.Select(static upload => upload.Copy())]),
                _completed = new Dictionary<string, UploadRecord>(_completed),
                _completedOrder = new Queue<string>(_completedOrder),
                _bytes = _bytes,
            };
        }
    }

    /// <summary>The bucket becomes part of its storage.</summary>
    public void TakeFromBudget() => budget.TakeBeyondLimit(_bytes);

    /// <summary>The bucket is replaced by another state: requests that still hold it find it gone.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            _isDeleted = true;
            Lose_NeedsLock(_bytes);
        }
    }
}
