using System.Buffers.Binary;

namespace S3Toolkit.Checksums;

/// <summary>Combines the checksums of adjacent parts into the checksum of the whole object (S3's <c>FULL_OBJECT</c> type).</summary>
internal static class CrcCombination
{
    /// <summary>Combines two raw values (big-endian) and writes the combined one to <paramref name="destination"/>.</summary>
    /// <returns>The number of bytes written, 4 or 8.</returns>
    public static int Combine(
        ChecksumFunction function, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, long secondLengthBytes, Span<byte> destination)
    {
        CrcPolynomial polynomial = CrcPolynomial.Of(function);
        if (function == ChecksumFunction.Crc64Nvme)
        {
            ulong combined = polynomial.Combine(
                BinaryPrimitives.ReadUInt64BigEndian(first), BinaryPrimitives.ReadUInt64BigEndian(second), secondLengthBytes);
            BinaryPrimitives.WriteUInt64BigEndian(destination, combined);
            return sizeof(ulong);
        }

        ulong combined32 = polynomial.Combine(
            BinaryPrimitives.ReadUInt32BigEndian(first), BinaryPrimitives.ReadUInt32BigEndian(second), secondLengthBytes);
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)combined32);
        return sizeof(uint);
    }

    /// <summary>Combines the wire forms of all parts in order; the whole object's wire form.</summary>
    /// <exception cref="FormatException">A part's checksum is not base64 of the function's size.</exception>
    public static string CombineParts(ChecksumFunction function, IReadOnlyList<(string Checksum, long LengthBytes)> parts)
    {
        Span<byte> whole = stackalloc byte[sizeof(ulong)];
        Span<byte> part = stackalloc byte[sizeof(ulong)];
        int size = function.ValueSizeBytes();
        if (!function.IsCombinable()) _ = CrcPolynomial.Of(function);
        whole.Clear(); // the CRC of nothing is zero

        for (int i = 0; i < parts.Count; i++)
        {
            if (!ChecksumText.TryDecode(function, parts[i].Checksum, part, out _))
            {
                throw new FormatException($"Part {i + 1} has the checksum '{parts[i].Checksum}', which is no {function} value.");
            }

            Combine(function, whole, part, parts[i].LengthBytes, whole);
        }

        return ChecksumText.Encode(whole[..size]);
    }
}
