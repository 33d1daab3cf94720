using System.Buffers.Binary;
using S3Toolkit.Checksums;

namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>The checksum of each block of a file: a range can be verified without reading the rest.</summary>
internal static class BlockChecksum
{
    /// <summary>Large enough to cost little, small enough to verify before the first byte of it goes out.</summary>
    public const int BlockBytes = 256 * 1024;

    public const int ValueBytes = 4;

    public static void Write(ReadOnlySpan<byte> block, Span<byte> destination)
    {
        using Crc32CChecksum checksum = new();
        checksum.Append(block);
        checksum.WriteValue(destination);
    }

    public static uint Of(ReadOnlySpan<byte> block)
    {
        Span<byte> value = stackalloc byte[ValueBytes];
        Write(block, value);
        return BinaryPrimitives.ReadUInt32BigEndian(value);
    }
}
