namespace S3Toolkit.Server.Storage.Memory;

/// <summary>Collects a body in arrays: one of the right size when the length is known and small, else segments.</summary>
internal sealed class MemoryStagedBody(MemoryBudget budget, long? expectedBytes) : StagedBody
{
    /// <summary>Below the 85,000 bytes at which .NET moves an array to the large object heap.</summary>
    private const int SegmentBytes = 64 * 1024;

    /// <summary>The end of a body only shows when a read finds nothing, and a read needs room.</summary>
    private const int ProbeBytes = 64;

    private readonly MemoryBody? _shared;
    private readonly List<ReadOnlyMemory<byte>> _full = [];
    private byte[] _current = [];
    private int _used;
    private long _length;

    /// <summary>What this body has of the budget, until it is stored.</summary>
    private long _taken;

    /// <summary>A body that is there already. Bodies never change, so two objects can have one.</summary>
    /// <exception cref="StorageFullException">The budget does not have its bytes once more.</exception>
    public MemoryStagedBody(MemoryBudget budget, MemoryBody shared)
        : this(budget, shared.Length)
    {
        budget.Take(shared.Length);
        _taken = shared.Length;
        _shared = shared;
        _length = shared.Length;
    }

    public override long Length => _length;

    public override Memory<byte> GetMemory()
    {
        if (_used < _current.Length) return _current.AsMemory(_used);
        if (_used > 0) _full.Add(_current);
        long wanted = expectedBytes is { } expected ? Math.Max(expected - _length, ProbeBytes) : SegmentBytes;
        _current = GC.AllocateUninitializedArray<byte>((int)Math.Min(wanted, SegmentBytes));
        _used = 0;
        return _current;
    }

    public override ValueTask AdvanceAsync(int bytes, CancellationToken cancellationToken)
    {
        budget.Take(bytes);
        _taken += bytes;
        _used += bytes;
        _length += bytes;
        return default;
    }

    public MemoryBody ToBody()
    {
        if (_shared is not null) return _shared;
        if (_length == 0) return MemoryBody.Empty;
        if (_used > 0)
        {
            // A slice would keep the rest of its array alive.
            bool isWasteful = _current.Length - _used > _used;
            _full.Add(isWasteful ? _current.AsMemory(0, _used).ToArray() : _current.AsMemory(0, _used));
            _used = 0;
            _current = [];
        }
        return new MemoryBody([.. _full]);
    }

    /// <summary>It is stored: what it has of the budget is the bucket's now.</summary>
    public void Keep() => _taken = 0;

    public override ValueTask DisposeAsync()
    {
        budget.Give(_taken);
        _taken = 0;
        return default;
    }
}
