using System.Security.Cryptography;

namespace S3Toolkit.Signing;

/// <summary>The signatures of an aws-chunked body: each covers its chunk and the one before, the first starts from the request's.</summary>
internal sealed class ChunkSignatureChain
{
    private readonly byte[] _signingKey;
    private readonly string _amzDate;
    private readonly CredentialScope _scope;
    private readonly byte[] _previous = new byte[SigV4.SignatureLength];

    /// <summary>Starts a chain.</summary>
    /// <param name="signingKey">The key of the scope.</param>
    /// <param name="amzDate">The request's <c>x-amz-date</c>.</param>
    /// <param name="scope">The request's credential scope.</param>
    /// <param name="seedSignature">The request's signature, 64 hexadecimal digits.</param>
    public ChunkSignatureChain(byte[] signingKey, string amzDate, CredentialScope scope, ReadOnlySpan<byte> seedSignature)
    {
        _signingKey = signingKey;
        _amzDate = amzDate;
        _scope = scope;
        seedSignature.CopyTo(_previous);
    }

    /// <summary>The latest signature, 64 hexadecimal digits.</summary>
    public ReadOnlySpan<byte> Current => _previous;

    /// <summary>Advances by a chunk.</summary>
    /// <param name="chunkSha256">The raw SHA-256 of the chunk's data.</param>
    /// <returns>The chunk's signature; the same as <see cref="Current"/>.</returns>
    public ReadOnlySpan<byte> SignChunk(ReadOnlySpan<byte> chunkSha256)
    {
        var buffer = new SigningBuffer(stackalloc byte[512]);
        AppendHead(ref buffer, "AWS4-HMAC-SHA256-PAYLOAD\n"u8);
        buffer.Append(PayloadHash.EmptySha256);
        buffer.Append((byte)'\n');
        buffer.AppendHexLower(chunkSha256);
        SigV4.Sign(_signingKey, buffer.Written, _previous);
        buffer.Dispose();
        return _previous;
    }

    /// <summary>Ends the chain with the trailer.</summary>
    /// <param name="canonicalTrailer">Each trailing field as <c>name:value\n</c>.</param>
    /// <returns>The trailer's signature; the same as <see cref="Current"/>.</returns>
    public ReadOnlySpan<byte> SignTrailer(ReadOnlySpan<byte> canonicalTrailer)
    {
        var buffer = new SigningBuffer(stackalloc byte[512]);
        AppendHead(ref buffer, "AWS4-HMAC-SHA256-TRAILER\n"u8);
        buffer.AppendSha256Hex(canonicalTrailer);
        SigV4.Sign(_signingKey, buffer.Written, _previous);
        buffer.Dispose();
        return _previous;
    }

    /// <summary>Advances by a chunk and compares its signature with the one that came with it, in constant time.</summary>
    public bool VerifyChunk(ReadOnlySpan<byte> chunkSha256, ReadOnlySpan<byte> given) =>
        CryptographicOperations.FixedTimeEquals(SignChunk(chunkSha256), given);

    /// <summary>Ends the chain and compares the trailer's signature with the one that came with it, in constant time.</summary>
    public bool VerifyTrailer(ReadOnlySpan<byte> canonicalTrailer, ReadOnlySpan<byte> given) =>
        CryptographicOperations.FixedTimeEquals(SignTrailer(canonicalTrailer), given);

    private void AppendHead(ref SigningBuffer buffer, ReadOnlySpan<byte> algorithm)
    {
        buffer.Append(algorithm);
        buffer.Append(_amzDate);
        buffer.Append((byte)'\n');
        _scope.AppendTo(ref buffer);
        buffer.Append((byte)'\n');
        buffer.Append(_previous);
        buffer.Append((byte)'\n');
    }
}
