using System.Globalization;
using System.Security.Cryptography;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Authentication;

/// <summary>
/// Takes the aws-chunked framing off a body while it is read: verifies each chunk's signature, the payload's length and the trailer.
/// Chunk data goes straight into the reader's buffer; only headers and trailers pass through a small one of our own.
/// </summary>
internal sealed class AwsChunkedStream(Stream inner, AwsChunkedFrame frame) : ReadOnlyBodyStream
{
    // Room for the longest line, its CRLF and one byte more, so that a line without end is seen before the buffer is full.
    private readonly LineReader _reader = new(inner, Math.Max(frame.Settings.MaxChunkHeaderBytes, frame.Settings.MaxTrailerBytes) + 4);

    private readonly IncrementalHash? _chunkHash = frame.Chain is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _chunkSignature = new byte[Signing.SigV4.SignatureLength];
    private S3ErrorException? _failure;
    private long _decodedBytes;
    private long _chunkBytes;
    private long _chunkRemaining;
    private int _chunkNumber;
    private bool _isComplete;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_failure is not null) throw _failure.Error.ToException();
        if (buffer.IsEmpty || _isComplete) return 0;

        try
        {
            if (_chunkRemaining == 0 && !await StartChunkAsync(cancellationToken).ConfigureAwait(false)) return 0;
            return await ReadChunkAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (S3ErrorException failure)
        {
            _failure = failure;
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _chunkHash?.Dispose();
            _reader.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadChunkAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.Length > _chunkRemaining) buffer = buffer[..(int)_chunkRemaining];
        int read = await _reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _chunkHash?.AppendData(buffer.Span[..read]);
        _chunkRemaining -= read;
        _decodedBytes += read;
        if (_chunkRemaining == 0) await EndChunkAsync(cancellationToken).ConfigureAwait(false);
        return read;
    }

    /// <summary>Reads the header of the next chunk; false when it was the last one and everything behind it is in order.</summary>
    private async ValueTask<bool> StartChunkAsync(CancellationToken cancellationToken)
    {
        int maxBytes = frame.Settings.MaxChunkHeaderBytes;
        ReadOnlyMemory<byte> line = await _reader.ReadLineAsync(maxBytes, cancellationToken).ConfigureAwait(false);
        AcceptHeader(line.Span);
        if (_chunkBytes > 0) return true;

        VerifyChunk();
        await AwsChunkedTrailer.ReadAsync(_reader, frame, cancellationToken).ConfigureAwait(false);
        if (_decodedBytes != frame.DecodedLengthBytes || !await _reader.IsAtEndAsync(cancellationToken).ConfigureAwait(false))
        {
            throw S3Errors.IncompleteBody().ToException();
        }

        _isComplete = true;
        return false;
    }

    private async ValueTask EndChunkAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> rest = await _reader.ReadLineAsync(0, cancellationToken).ConfigureAwait(false);
        if (!rest.IsEmpty) throw S3Errors.IncompleteBody().ToException();
        VerifyChunk();
    }

    private void AcceptHeader(ReadOnlySpan<byte> line)
    {
        long previousBytes = _chunkBytes;
        // A chunk that promises more than the whole body is refused before a byte of it is read.
        if (!ChunkHeader.TryParse(line, out ChunkHeader header) || header.SizeBytes > frame.DecodedLengthBytes - _decodedBytes
            || (frame.Chain is not null && header.Signature.IsEmpty))
        {
            throw S3Errors.IncompleteBody().ToException();
        }

        _chunkNumber++;
        if (header.SizeBytes > 0 && _chunkNumber > 1 && previousBytes < frame.Settings.MinChunkBytes)
        {
            throw S3Errors.InvalidChunkSize()
                .With("Chunk", _chunkNumber.ToString(CultureInfo.InvariantCulture))
                .With("BadChunkSize", previousBytes.ToString(CultureInfo.InvariantCulture)).ToException();
        }

        header.Signature.CopyTo(_chunkSignature);
        _chunkBytes = _chunkRemaining = header.SizeBytes;
    }

    private void VerifyChunk()
    {
        if (_chunkHash is null || frame.Chain is null) return;

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _chunkHash.GetHashAndReset(hash);
        if (frame.Chain.VerifyChunk(hash, _chunkSignature)) return;
        throw (S3Errors.SignatureDoesNotMatch(frame.AccessKeyId) with { ClosesConnection = true }).ToException();
    }
}
