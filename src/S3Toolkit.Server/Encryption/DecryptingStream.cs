namespace S3Toolkit.Server.Encryption;

/// <summary>Decrypts in the reader's own buffer what it reads from a stored body, part by part. Owns the stream and the cipher.</summary>
internal sealed class DecryptingStream(Stream stored, BodyCipher cipher, (long End, ulong Nonce)[] parts, long offset) : Stream
{
    private long _read;
    private int _part = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => stored.Length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = stored.Read(buffer);
        Decrypt(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await stored.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Decrypt(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await stored.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stored.Dispose();
            cipher.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Decrypt(Span<byte> data)
    {
        if (_part < 0) _part = PartAt(offset);
        while (data.Length > 0)
        {
            long position = offset + _read;
            while (position >= parts[_part].End) _part++;
            long start = _part == 0 ? 0 : parts[_part - 1].End;
            int count = (int)Math.Min(data.Length, parts[_part].End - position);
            cipher.Apply(parts[_part].Nonce, position - start, data[..count]);
            data = data[count..];
            _read += count;
        }
    }

    /// <summary>The first part that ends behind a position.</summary>
    private int PartAt(long position)
    {
        int low = 0, high = parts.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (parts[middle].End > position) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
