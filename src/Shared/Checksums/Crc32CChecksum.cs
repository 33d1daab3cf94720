using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace S3Toolkit.Checksums;

/// <summary>CRC-32C by the processor's instruction (SSE 4.2, ARM), eight bytes at a time; the runtime has a table for others.</summary>
internal sealed class Crc32CChecksum() : IncrementalChecksum(ChecksumFunction.Crc32C)
{
    private uint _state = uint.MaxValue;

    public override void Append(ReadOnlySpan<byte> data) => _state = Update(_state, data);

    public override void WriteValue(Span<byte> destination) => BinaryPrimitives.WriteUInt32BigEndian(destination, ~_state);

    public override void Reset() => _state = uint.MaxValue;

    private static uint Update(uint state, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<ulong> words = BitConverter.IsLittleEndian ? MemoryMarshal.Cast<byte, ulong>(data) : [];
        foreach (ulong word in words) state = BitOperations.Crc32C(state, word);
        foreach (byte rest in data[(words.Length * sizeof(ulong))..]) state = BitOperations.Crc32C(state, rest);
        return state;
    }
}
