using System.Globalization;

namespace S3Toolkit.Checksums;

/// <summary>The checksum of the parts' checksums, with the number of parts behind it (S3's <c>COMPOSITE</c> type).</summary>
internal static class CompositeChecksum
{
    /// <summary>Computes <c>base64(f(raw1 + raw2 + ...))-N</c>.</summary>
    /// <exception cref="FormatException">A part's checksum is not base64 of the function's size.</exception>
    public static string Of(ChecksumFunction function, IReadOnlyList<string> partChecksums)
    {
        using IncrementalChecksum checksum = IncrementalChecksum.Create(function);
        Span<byte> part = stackalloc byte[ChecksumText.MaxValueSizeBytes];
        for (int i = 0; i < partChecksums.Count; i++)
        {
            if (!ChecksumText.TryDecode(function, partChecksums[i], part, out int size))
            {
                throw new FormatException($"Part {i + 1} has the checksum '{partChecksums[i]}', which is no {function} value.");
            }

            checksum.Append(part[..size]);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{checksum.ToBase64()}-{partChecksums.Count}");
    }
}
