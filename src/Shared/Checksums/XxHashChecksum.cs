using System.IO.Hashing;

namespace S3Toolkit.Checksums;

/// <summary>The xxHash family by System.IO.Hashing, which writes its values in the canonical order that S3 takes: big-endian.</summary>
internal sealed class XxHashChecksum(ChecksumFunction function, NonCryptographicHashAlgorithm hash) : IncrementalChecksum(function)
{
    public override void Append(ReadOnlySpan<byte> data) => hash.Append(data);

    public override void WriteValue(Span<byte> destination) => hash.GetCurrentHash(destination);

    public override void Reset() => hash.Reset();
}
