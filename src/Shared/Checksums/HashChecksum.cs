using System.Security.Cryptography;

namespace S3Toolkit.Checksums;

/// <summary>MD5 and the SHA functions, by the platform's implementation.</summary>
internal sealed class HashChecksum(ChecksumFunction function, HashAlgorithmName algorithm) : IncrementalChecksum(function)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

    public override void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);

    public override void WriteValue(Span<byte> destination) => _hash.GetCurrentHash(destination);

    public override void Reset()
    {
        Span<byte> discarded = stackalloc byte[ChecksumText.MaxValueSizeBytes];
        _hash.GetHashAndReset(discarded);
    }

    public override void Dispose()
    {
        _hash.Dispose();
        base.Dispose();
    }
}
