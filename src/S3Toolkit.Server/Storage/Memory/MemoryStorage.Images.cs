namespace S3Toolkit.Server.Storage.Memory;

/// <summary>This file: the state of all buckets, taken and put back.</summary>
internal sealed partial class MemoryStorage
{
    public MemoryStorage()
    {
    }

    public MemoryStorage(MemoryImage image) => Restore(image);

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
                return new MemoryImage([.. held.Select(static bucket => bucket.Copy())]);
            }
            finally
            {
                foreach (MemoryBucket bucket in held) bucket.Gate.Exit();
            }
        }
    }

    public void Restore(MemoryImage image)
    {
        MemoryBucket[] fresh = [.. image.Copies];
        lock (_gate)
        {
            for (SortedKeyMap<MemoryBucket>.Cursor cursor = _buckets.From(""); !cursor.IsAtEnd; cursor.MoveNext())
                cursor.Value.Retire();
            _buckets = new SortedKeyMap<MemoryBucket>();
            foreach (MemoryBucket bucket in fresh) _buckets.Set(bucket.Record.Name, bucket);
        }
    }
}
