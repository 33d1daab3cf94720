using System.Security.Cryptography;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Authentication;

/// <summary>Hashes a body while it is read and refuses its end when the hash is not the signed one.</summary>
/// <param name="inner">The body.</param>
/// <param name="expected">The SHA-256 in hexadecimal digits.</param>
/// <param name="lengthBytes">The body's length when it is known; the last byte is then not handed out before the hash was judged.</param>
internal sealed class Sha256VerifyingStream(Stream inner, string expected, long? lengthBytes) : ReadOnlyBodyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _readBytes;
    private bool _isVerified;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        int read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (_isVerified) return read;

        _hash.AppendData(buffer.Span[..read]);
        _readBytes += read;
        if (read == 0 || _readBytes == lengthBytes) Verify();
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Verify()
    {
        string computed = Convert.ToHexStringLower(_hash.GetCurrentHash());
        if (!computed.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw S3Errors.ContentSha256Mismatch(expected, computed).ToException();
        }

        _isVerified = true;
    }
}
