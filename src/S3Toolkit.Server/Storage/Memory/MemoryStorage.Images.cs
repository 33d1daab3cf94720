namespace S3Toolkit.Server.Storage.Memory;

/// <summary>This file: the state of all buckets, taken and put back.</summary>
internal sealed partial class MemoryStorage
{
    /// <param name="image">What it begins with; null for nothing.</param>
    /// <param name="maxBytes">So many bytes of bodies it holds at most; null for no limit.</param>
    public MemoryStorage(MemoryImage? image = null, long? maxBytes = null)
    {
        _budget = new MemoryBudget(maxBytes);
        if (image is not null) Restore(image);
    }

    /// <summary>Takes all locks and then copies, so that no write falls between two buckets.</summary>
    public MemoryImage Capture()
    {
        lock (_gate)
        {
            List<MemoryBucket> held = [];
            try
            {
                for (SortedKeyMap<MemoryBucket>.Cursor cursor = _buckets.From(""); !cursor.IsAtEnd; cursor.MoveNext())
                {
                    cursor.Value.Gate.Enter();
                    held.Add(cursor.Value);
                }
                return new MemoryImage([.. held.Select(bucket => bucket.Copy(_budget))]);
            }
            finally
            {
                foreach (MemoryBucket bucket in held) bucket.Gate.Exit();
            }
        }
    }

    public void Restore(MemoryImage image)
    {
        MemoryBucket[] fresh = [.. image.CopiesFor(_budget)];
        lock (_gate)
        {
            for (SortedKeyMap<MemoryBucket>.Cursor cursor = _buckets.From(""); !cursor.IsAtEnd; cursor.MoveNext())
                cursor.Value.Retire();
            _buckets = new SortedKeyMap<MemoryBucket>();
            foreach (MemoryBucket bucket in fresh)
            {
                bucket.TakeFromBudget();
                _buckets.Set(bucket.Record.Name, bucket);
            }
        }
    }
}
