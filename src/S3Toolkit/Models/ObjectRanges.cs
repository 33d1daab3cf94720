using System.Buffers;
using System.Collections;

namespace S3Toolkit;

/// <summary>
/// The bytes of several ranges of an object, in the order in which they were asked for. They lie in rented memory: dispose it when the
/// bytes are not needed any more, and do not use them after that.
/// </summary>
public sealed class ObjectRanges : IReadOnlyList<ReadOnlyMemory<byte>>, IDisposable
{
    private readonly ReadOnlyMemory<byte>[] _slices;
    private readonly ArrayPool<byte>? _pool;
    private byte[][]? _buffers;

    /// <summary>Creates it, for tests and for implementations of one's own.</summary>
    /// <param name="info">The facts about the object.</param>
    /// <param name="slices">The bytes of each range.</param>
    public ObjectRanges(ObjectInfo info, IEnumerable<ReadOnlyMemory<byte>> slices)
        : this(info, [.. slices], [], pool: null) => ArgumentNullException.ThrowIfNull(info);

    internal ObjectRanges(ObjectInfo info, ReadOnlyMemory<byte>[] slices, byte[][] buffers, ArrayPool<byte>? pool) =>
        (Info, _slices, _buffers, _pool) = (info, slices, buffers, pool);

    /// <summary>The facts about the object that all bytes are of.</summary>
    public ObjectInfo Info { get; }

    /// <summary>The number of ranges.</summary>
    public int Count => _slices.Length;

    /// <summary>The bytes of a range; fewer than were asked for where the object ends before.</summary>
    /// <param name="index">The range's place among those that were asked for, from 0.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public ReadOnlyMemory<byte> this[int index]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_buffers is null, this);
            return _slices[index];
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        foreach (var buffer in Interlocked.Exchange(ref _buffers, null) ?? []) _pool?.Return(buffer);
    }

    /// <inheritdoc/>
    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
