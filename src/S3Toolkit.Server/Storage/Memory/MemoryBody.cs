namespace S3Toolkit.Server.Storage.Memory;

/// <summary>Bytes in segments that stay out of the large object heap. Parts are joined by sharing their segments, without a copy.</summary>
internal sealed class MemoryBody : IObjectBody
{
    public static readonly MemoryBody Empty = new([]);

    private readonly ReadOnlyMemory<byte>[] _segments;

    /// <summary>Where each segment begins.</summary>
    private readonly long[] _offsets;

    public MemoryBody(ReadOnlyMemory<byte>[] segments)
    {
        _segments = segments;
        _offsets = new long[segments.Length];
        for (int i = 0; i < segments.Length; i++)
        {
            _offsets[i] = Length;
            Length += segments[i].Length;
        }
    }

    public long Length { get; }

    public static MemoryBody Join(IEnumerable<MemoryBody> bodies) => new([.. bodies.SelectMany(body => body._segments)]);

    public ValueTask<Stream> OpenAsync(long offset, long length, CancellationToken cancellationToken) =>
        new(new MemoryBodyStream(this, offset, length));

    /// <summary>The bytes from an offset to the end of its segment, at most <paramref name="limit"/>; empty at the end.</summary>
    public ReadOnlyMemory<byte> Slice(long offset, long limit)
    {
        if (limit == 0 || offset >= Length) return default;
        int index = Array.BinarySearch(_offsets, offset);
        if (index < 0) index = ~index - 1;
        ReadOnlyMemory<byte> rest = _segments[index][(int)(offset - _offsets[index])..];
        return rest.Length > limit ? rest[..(int)limit] : rest;
    }
}
