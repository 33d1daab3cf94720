using System.Security.Cryptography;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>
/// Hashes a body while it is read and, at its end, holds it against what the client said: Content-MD5 and one checksum, in a header or in
/// a trailer. Gives its ETag too.
/// </summary>
internal sealed class BodyDigest : IDisposable
{
    private const int Md5Bytes = 16;

    private readonly S3HeaderCollection _trailers;
    private readonly bool _hasOpaqueETag;
    private readonly IncrementalHash? _md5;
    private readonly IncrementalChecksum? _declared;
    private readonly IncrementalChecksum? _stored;
    private readonly string? _expectedMd5;

    /// <param name="headers">The headers that may promise digests.</param>
    /// <param name="trailers">Filled at the body's end.</param>
    /// <param name="storedFunction">
    /// The function whose value is kept when the client declares none (or another one); null keeps what it declares.
    /// </param>
    /// <param name="encryption">Of the body: what it hides from the ETag need not be hashed, which is most of the time of a write.</param>
    /// <exception cref="S3ErrorException">A digest that is none, or more than one checksum.</exception>
    public BodyDigest(
        S3HeaderCollection headers, S3HeaderCollection trailers, ChecksumFunction? storedFunction, EncryptionRecord? encryption = null)
    {
        _trailers = trailers;
        _hasOpaqueETag = encryption is not null && OpaqueETag.Covers(encryption);
        _expectedMd5 = headers["Content-MD5"];
        if (_expectedMd5 is not null && !IsMd5(_expectedMd5)) throw S3Errors.InvalidDigest(_expectedMd5).ToException();
        if (!_hasOpaqueETag || _expectedMd5 is not null) _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        Declared = DeclaredChecksum.Read(headers);
        if (Declared is { } declared) _declared = IncrementalChecksum.Create(declared.Function);
        if (storedFunction is { } stored) _stored = stored == Declared?.Function ? _declared : IncrementalChecksum.Create(stored);
    }

    /// <summary>A digest for an object: S3 keeps the client's checksum, and CRC64NVME when there is none.</summary>
    public static BodyDigest OfObject(S3HeaderCollection headers, S3HeaderCollection trailers, EncryptionRecord encryption) =>
        new(headers, trailers, DeclaredChecksum.Read(headers) is null ? ChecksumFunction.Crc64Nvme : null, encryption);

    /// <summary>A digest for a body without promises.</summary>
    public static BodyDigest Unchecked(ChecksumFunction? storedFunction, EncryptionRecord? encryption = null) =>
        new([], [], storedFunction, encryption);

    public DeclaredChecksum? Declared { get; }

    public bool IsGuarded => _expectedMd5 is not null || Declared is not null;

    public void Append(ReadOnlySpan<byte> data)
    {
        _md5?.AppendData(data);
        _declared?.Append(data);
        if (!ReferenceEquals(_stored, _declared)) _stored?.Append(data);
    }

    /// <summary>Ends the hashing.</summary>
    /// <returns>The ETag of a body in one piece: the MD5 in lower-case hexadecimal, or one that tells nothing.</returns>
    /// <exception cref="S3ErrorException">BadDigest: the body is not what the client said.</exception>
    public string Verify()
    {
        byte[]? md5 = _md5?.GetHashAndReset();
        if (_expectedMd5 is not null && Convert.ToBase64String(md5!) is var actual && actual != _expectedMd5)
            throw S3Errors.BadDigest(_expectedMd5, actual).ToException();
        Declared?.Verify(_declared!.ToBase64(), _trailers);
        return _hasOpaqueETag ? OpaqueETag.New() : Convert.ToHexStringLower(md5!);
    }

    /// <summary>The checksum to keep with the object.</summary>
    public ChecksumRecord? ToRecord()
    {
        IncrementalChecksum? kept = _stored ?? _declared;
        return kept is null ? null : new ChecksumRecord(kept.Function, kept.ToBase64());
    }

    /// <summary>The checksum that the client sent, once it is verified; null when it sent none, or when it is the one to keep.</summary>
    public ChecksumRecord? DeclaredRecord() =>
        _declared is null || _stored is null || ReferenceEquals(_stored, _declared) ? null : new(_declared.Function, _declared.ToBase64());

    public void Dispose()
    {
        _md5?.Dispose();
        _declared?.Dispose();
        if (!ReferenceEquals(_stored, _declared)) _stored?.Dispose();
    }

    private static bool IsMd5(string text)
    {
        Span<byte> bytes = stackalloc byte[Md5Bytes];
        return text.Length == 24 && Convert.TryFromBase64String(text, bytes, out int count) && count == Md5Bytes;
    }
}
