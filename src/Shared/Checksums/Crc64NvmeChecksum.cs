using System.Buffers.Binary;

namespace S3Toolkit.Checksums;

/// <summary>CRC-64/NVME: folded by carry-less multiplication where the processor has it, by tables elsewhere.</summary>
internal sealed class Crc64NvmeChecksum() : IncrementalChecksum(ChecksumFunction.Crc64Nvme)
{
    private ulong _state = ulong.MaxValue;

    public override void Append(ReadOnlySpan<byte> data) => _state = Crc64NvmeFolding.Update(_state, data);

    public override void WriteValue(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, ~_state);

    public override void Reset() => _state = ulong.MaxValue;
}
