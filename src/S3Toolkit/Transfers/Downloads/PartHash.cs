using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>The checksums of ranges, as numbers that can be combined; and ranges read back from the file.</summary>
internal static class PartHash
{
    /// <summary>The value of a CRC so far.</summary>
    public static ulong Crc(IncrementalChecksum checksum)
    {
        Span<byte> value = stackalloc byte[ChecksumText.MaxValueSizeBytes];
        checksum.WriteValue(value);
        return checksum.ValueSizeBytes == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64BigEndian(value)
            : BinaryPrimitives.ReadUInt32BigEndian(value);
    }

    /// <summary>Adds the value of a range to the value of all that is before it; the CRC of nothing is zero.</summary>
    public static ulong Combine(ChecksumFunction function, ulong before, ulong part, long partBytes)
    {
        Span<byte> first = stackalloc byte[sizeof(ulong)];
        Span<byte> second = stackalloc byte[sizeof(ulong)];
        Span<byte> whole = stackalloc byte[sizeof(ulong)];
        Write(function, before, first);
        Write(function, part, second);
        return CrcCombination.Combine(function, first, second, partBytes, whole) == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64BigEndian(whole)
            : BinaryPrimitives.ReadUInt32BigEndian(whole);
    }

    /// <summary>Writes a CRC as S3 has it, most significant byte first.</summary>
    /// <returns>The number of bytes.</returns>
    public static int Write(ChecksumFunction function, ulong crc, Span<byte> destination)
    {
        var size = function.ValueSizeBytes();
        if (size == sizeof(ulong)) BinaryPrimitives.WriteUInt64BigEndian(destination, crc);
        else BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)crc);
        return size;
    }

    /// <summary>Appends a range of a file.</summary>
    /// <returns>Whether the file has all of it.</returns>
    public static async ValueTask<bool> TryAppendAsync(
        IncrementalChecksum checksum,
        SafeFileHandle file,
        long offset,
        long length,
        Memory<byte> buffer,
        CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            var next = buffer[..(int)Math.Min(buffer.Length, length)];
            var count = await RandomAccess.ReadAsync(file, next, offset, cancellationToken).ConfigureAwait(false);
            if (count == 0) return false;
            checksum.Append(next.Span[..count]);
            offset += count;
            length -= count;
        }

        return true;
    }
}
