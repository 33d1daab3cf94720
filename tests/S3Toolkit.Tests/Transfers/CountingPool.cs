using System.Buffers;

namespace S3Toolkit.Tests.Transfers;

/// <summary>A pool that knows what was not given back, refuses what is not its own, and spoils what comes back.</summary>
internal sealed class CountingPool : ArrayPool<byte>
{
    private readonly HashSet<byte[]> _rented = new(ReferenceEqualityComparer.Instance);
    private long _rentedBytes;

    public int Outstanding
    {
        get
        {
            lock (_rented) return _rented.Count;
        }
    }

    public int Rents { get; private set; }

    public long PeakBytes { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        var array = new byte[minimumLength];
        lock (_rented)
        {
            _rented.Add(array);
            Rents++;
            _rentedBytes += array.Length;
            PeakBytes = Math.Max(PeakBytes, _rentedBytes);
        }

        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        lock (_rented)
        {
            if (!_rented.Remove(array)) throw new InvalidOperationException("The array was returned before, or is not of this pool.");
            _rentedBytes -= array.Length;
        }

        // Whoever still reads it will notice.
        array.AsSpan().Fill(0xEE);
    }
}
