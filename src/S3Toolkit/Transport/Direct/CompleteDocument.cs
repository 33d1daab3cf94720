using System.Text;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transport.Direct;

/// <summary>What CompleteMultipartUpload sends.</summary>
internal static class CompleteDocument
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<UploadedPart> parts)
    {
        var xml = new StringBuilder("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">", parts.Count * 128);
        foreach (var part in parts)
        {
            xml.Append("<Part><PartNumber>").Append(part.PartNumber).Append("</PartNumber><ETag>")
                .Append(XmlText.Escape(part.ETag.ToHeader())).Append("</ETag>");
            if (part.Checksum is { } checksum)
            {
                var element = DocumentChecksum.ElementOf(checksum.Function);
                xml.Append('<').Append(element).Append('>').Append(XmlText.Escape(checksum.Value)).Append("</").Append(element).Append('>');
            }

            xml.Append("</Part>");
        }

        return Encoding.UTF8.GetBytes(xml.Append("</CompleteMultipartUpload>").ToString());
    }

    /// <summary>
    /// The CRC-64/NVME of the whole object, combined from those of its parts, for the server to compare with what it put together; null
    /// when a part has none. Of the other functions S3 keeps a checksum of checksums.
    /// </summary>
    public static string? WholeChecksum(IReadOnlyList<UploadedPart> parts)
    {
        if (parts.Count == 0 || !parts.All(static part => part is { SizeBytes: > 0, Checksum.Function: ChecksumFunction.Crc64Nvme }))
            return null;
        try
        {
            return CrcCombination.CombineParts(
                ChecksumFunction.Crc64Nvme, [.. parts.Select(static part => (part.Checksum!.Value, part.SizeBytes))]);
        }
        catch (FormatException)
        {
            // What a server gave as a checksum is none: it is sent back with its part, and the server judges.
            return null;
        }
    }
}
