namespace S3Toolkit.Server.Storage.Memory;

/// <summary>
/// The bytes of bodies that memory may hold: those of all versions and parts, and of bodies on their way in. A copy that shares its bytes
/// counts as well, so that what a deletion gives back never depends on others.
/// </summary>
/// <param name="limit">In bytes; null for none.</param>
internal sealed class MemoryBudget(long? limit)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    /// <exception cref="StorageFullException">They would be too many; none of them is taken.</exception>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= (limit ?? long.MaxValue)) return;
        Give(bytes);
        throw new StorageFullException("The memory that the server may use for bodies is full. Nothing was stored.");
    }

    /// <summary>For what is there already: a restored snapshot.</summary>
    public void TakeBeyondLimit(long bytes) => Interlocked.Add(ref _used, bytes);

    public void Give(long bytes) => Interlocked.Add(ref _used, -bytes);
}
