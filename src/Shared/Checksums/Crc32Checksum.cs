using System.Buffers.Binary;

namespace S3Toolkit.Checksums;

/// <summary>CRC-32 by System.IO.Hashing, which folds with carry-less multiplication.</summary>
internal sealed class Crc32Checksum() : IncrementalChecksum(ChecksumFunction.Crc32)
{
    private readonly System.IO.Hashing.Crc32 _crc = new();

    public override void Append(ReadOnlySpan<byte> data) => _crc.Append(data);

    // System.IO.Hashing writes its bytes in little-endian order, S3 in big-endian.
    public override void WriteValue(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt32BigEndian(destination, _crc.GetCurrentHashAsUInt32());

    public override void Reset() => _crc.Reset();
}
