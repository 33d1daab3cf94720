using System.Buffers;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Authentication;

/// <summary>Reads lines and raw bytes of a body through one small pooled buffer.</summary>
internal sealed class LineReader(Stream inner, int sizeBytes) : IDisposable
{
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(sizeBytes);
    private int _start;
    private int _end;

    /// <summary>
    /// The next line without its CRLF. It lives in the buffer until the next call; at the body's end or beyond
    /// <paramref name="maxBytes"/> it is IncompleteBody, which is what S3 calls every broken frame.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(int maxBytes, CancellationToken cancellationToken)
    {
        int searched = 0;
        while (true)
        {
            byte[] buffer = _buffer ?? throw new ObjectDisposedException(nameof(LineReader));
            int lineEnd = buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf("\r\n"u8);
            if (lineEnd >= 0)
            {
                int length = searched + lineEnd;
                if (length > maxBytes) throw S3Errors.IncompleteBody().ToException();
                ReadOnlyMemory<byte> line = buffer.AsMemory(_start, length);
                _start += length + 2;
                return line;
            }

            int available = _end - _start;
            if (available > maxBytes + 1) throw S3Errors.IncompleteBody().ToException();
            searched = Math.Max(0, available - 1); // the CR may be the last byte read so far
            await FillAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Raw bytes: what is buffered first, then straight from the body into <paramref name="destination"/>.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        int buffered = Math.Min(_end - _start, destination.Length);
        if (buffered == 0)
        {
            int read = await inner.ReadAsync(destination, cancellationToken).ConfigureAwait(false);
            return read > 0 ? read : throw S3Errors.IncompleteBody().ToException();
        }

        _buffer.AsSpan(_start, buffered).CopyTo(destination.Span);
        _start += buffered;
        return buffered;
    }

    /// <summary>Whether the body ends here.</summary>
    public async ValueTask<bool> IsAtEndAsync(CancellationToken cancellationToken)
    {
        if (_start < _end) return false;
        return await inner.ReadAsync(_buffer.AsMemory(0, 1), cancellationToken).ConfigureAwait(false) == 0;
    }

    public void Dispose()
    {
        byte[]? buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
    }

    private async ValueTask FillAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            buffer.AsSpan(_start, _end - _start).CopyTo(buffer);
            _end -= _start;
            _start = 0;
        }

        int read = await inner.ReadAsync(buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        if (read == 0) throw S3Errors.IncompleteBody().ToException();
        _end += read;
    }
}
