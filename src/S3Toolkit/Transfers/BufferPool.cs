using System.Buffers;
using System.Numerics;

namespace S3Toolkit.Transfers;

/// <summary>
/// The buffers of a store. What is rented and what waits for the next transfer are together never above the limit, unless the rented
/// alone are; and when no transfer runs for a while, nothing is kept.
/// </summary>
internal sealed class BufferPool : ArrayPool<byte>, IDisposable
{
    // Long enough to serve the uploads of one batch job, short enough for a service that uploads once an hour.
    internal static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);

    // Below 16 bytes an array costs more than its content.
    private const int MinArrayBytes = 16;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, Stack<byte[]>> _idle = [];
    private readonly ITimer _timer;
    private readonly long _limitBytes;
    private long _rentedBytes;
    private long _idleBytes;
    private bool _wasUsed;
    private bool _isDisposed;

    public BufferPool(long limitBytes, TimeProvider timeProvider)
    {
        _limitBytes = limitBytes;
        _timer = timeProvider.CreateTimer(
            static state => ((BufferPool)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The bytes that wait for the next transfer.</summary>
    public long IdleBytes
    {
        get
        {
            lock (_lock) return _idleBytes;
        }
    }

    public override byte[] Rent(int minimumLength)
    {
        var size = SizeOf(minimumLength);
        lock (_lock)
        {
            _wasUsed = true;
            _rentedBytes += size;
            if (_idle.TryGetValue(size, out var stack) && stack.TryPop(out var kept))
            {
                _idleBytes -= size;
                return kept;
            }

            Drop_NeedsLock(_limitBytes - _rentedBytes);
        }

        return GC.AllocateUninitializedArray<byte>(size);
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (clearArray) Array.Clear(array);
        lock (_lock)
        {
            _rentedBytes -= array.Length;
            if (_isDisposed || _rentedBytes + _idleBytes + array.Length > _limitBytes) return;
            _wasUsed = true;
            if (_idleBytes == 0) _timer.Change(IdleTime, IdleTime);
            if (!_idle.TryGetValue(array.Length, out var stack)) _idle.Add(array.Length, stack = []);
            stack.Push(array);
            _idleBytes += array.Length;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            Drop_NeedsLock(0);
        }

        _timer.Dispose();
    }

    private static int SizeOf(int minimumLength) => minimumLength <= 1 << 30
        ? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(minimumLength, MinArrayBytes))
        : minimumLength;

    private void OnTimer()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            if (!_wasUsed)
            {
                Drop_NeedsLock(0);
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            _wasUsed = false;
        }
    }

    /// <summary>Leaves arrays to the garbage collector, the smallest first: they are the cheapest to make again.</summary>
    private void Drop_NeedsLock(long keepBytes)
    {
        foreach (var (size, stack) in _idle)
        {
            while (_idleBytes > Math.Max(0, keepBytes) && stack.TryPop(out _)) _idleBytes -= size;
        }
    }
}
