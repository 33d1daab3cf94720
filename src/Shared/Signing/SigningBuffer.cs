using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace S3Toolkit.Signing;

/// <summary>A UTF-8 text under construction: on the caller's stack while it fits, in a pooled array beyond.</summary>
internal ref struct SigningBuffer
{
    private Span<byte> _span;
    private byte[]? _rented;
    private int _count;

    public SigningBuffer(Span<byte> initial) => _span = initial;

    public readonly ReadOnlySpan<byte> Written => _span[.._count];

    public readonly int Count => _count;

    public void Append(byte value)
    {
        if (_count == _span.Length) Grow(1);
        _span[_count++] = value;
    }

    public void Append(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        _count += value.Length;
    }

    public void Append(scoped ReadOnlySpan<char> value) =>
        _count += Encoding.UTF8.GetBytes(value, Reserve(Encoding.UTF8.GetMaxByteCount(value.Length)));

    public void AppendHexLower(scoped ReadOnlySpan<byte> value)
    {
        Convert.TryToHexStringLower(value, Reserve(value.Length * 2), out int written);
        _count += written;
    }

    /// <summary>Appends the SHA-256 of <paramref name="value"/> in lower-case hex.</summary>
    public void AppendSha256Hex(scoped ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(value, hash);
        AppendHexLower(hash);
    }

    /// <summary>Removes the last byte, which the caller knows to be a separator.</summary>
    public void DropLast() => _count--;

    public override readonly string ToString() => Encoding.UTF8.GetString(Written);

    /// <summary>Gives the pooled array back; call it in a <c>using</c>.</summary>
    public void Dispose()
    {
        byte[]? rented = _rented;
        this = default;
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    private Span<byte> Reserve(int size)
    {
        if (size > _span.Length - _count) Grow(size);
        return _span[_count..];
    }

    private void Grow(int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_count + size, _span.Length * 2));
        Written.CopyTo(larger);
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _span = _rented = larger;
    }
}
