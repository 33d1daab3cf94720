using System.Buffers;

namespace S3Toolkit.Transport.Direct;

/// <summary>Reads a body from its start, block by block: straight from memory where it lies there, else through a rented buffer.</summary>
internal sealed class BodyReader : IAsyncDisposable
{
    private readonly S3Attempt _attempt;
    private readonly int _blockBytes;
    private readonly Stream? _stream;
    private ReadOnlyMemory<byte> _rest;
    private byte[]? _buffer;

    public BodyReader(RequestBody body, int blockBytes, S3Attempt attempt)
    {
        (_attempt, _blockBytes) = (attempt, blockBytes);
        if (!body.TryGetMemory(out _rest)) _stream = body.Open();
    }

    /// <summary>The next block, good until the next call; empty at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        // Nothing else would notice while a body in memory is hashed.
        cancellationToken.ThrowIfCancellationRequested();
        _attempt.Touch();
        if (_stream is null) return Next();
        _buffer ??= ArrayPool<byte>.Shared.Rent(_blockBytes);
        var count = await _stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
        return _buffer.AsMemory(0, count);
    }

    public async ValueTask DisposeAsync()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        if (_stream is not null) await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private ReadOnlyMemory<byte> Next()
    {
        var block = _rest.Length <= _blockBytes ? _rest : _rest[.._blockBytes];
        _rest = _rest[block.Length..];
        return block;
    }
}
