using System.Globalization;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Multipart;

/// <summary>The parts that a Complete names, held against those that were uploaded: a pure function.</summary>
internal static class PartSelection
{
    public static List<PartRecord> Choose(
        S3XmlNode document, IReadOnlyList<PartRecord> stored, UploadRecord upload, long minPartBytes)
    {
        Dictionary<int, PartRecord> byNumber = stored.ToDictionary(part => part.PartNumber);
        List<PartRecord> chosen = [];
        int last = 0;
        foreach (S3XmlNode node in document.Children)
        {
            if (node.Name != "Part") continue;
            bool isNumber = int.TryParse(node.TextOf("PartNumber"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number);
            if (!isNumber || node.TextOf("ETag") is not { } eTag) throw S3Errors.MalformedXml().ToException();
            if (number is < 1 or > Parameters.MaxPartNumber)
            {
                throw S3Errors.InvalidArgument(
                    "PartNumber must be >= 1 and <= 10000", "PartNumber", number.ToString(CultureInfo.InvariantCulture)).ToException();
            }
            bool isGap = upload.IsCompositeChecksum && number != last + 1;
            if (number <= last || isGap) throw S3Errors.InvalidPartOrder(upload.UploadId).ToException();
            last = number;
            if (!byNumber.TryGetValue(number, out PartRecord? part) || part.ETag != Conditions.Unquote(eTag))
                throw S3Errors.InvalidPart(upload.UploadId, number, eTag).ToException();
            chosen.Add(part);
        }
        if (chosen.Count == 0) throw S3Errors.MalformedXml().ToException();
        foreach (PartRecord part in chosen)
        {
            if (part.PartNumber != last && part.Length < minPartBytes)
                throw S3Errors.PartTooSmall(part.PartNumber, part.ETag, part.Length, minPartBytes).ToException();
        }
        return chosen;
    }

    /// <summary>Holds the checksums that a Complete names against those of the chosen parts.</summary>
    public static void CheckChecksums(S3XmlNode document, List<PartRecord> chosen, UploadRecord upload)
    {
        int index = 0;
        foreach (S3XmlNode node in document.Children)
        {
            if (node.Name == "Part") CheckChecksum(node, chosen[index++], upload, node.TextOf("ETag") ?? "");
        }
    }

    private static void CheckChecksum(S3XmlNode node, PartRecord part, UploadRecord upload, string eTag)
    {
        ChecksumFunction function = part.Checksum!.Function;
        string element = "Checksum" + function.ToAlgorithmName();
        // A checksum that the part does not have is as wrong as another value.
        if (node.Children.Any(child => child.Name.StartsWith("Checksum", StringComparison.Ordinal) && child.Name != element))
            throw S3Errors.InvalidPart(upload.UploadId, part.PartNumber, eTag).ToException();
        string? given = node.TextOf(element);
        if (given is null)
        {
            if (!upload.IsCompositeChecksum) return;
            throw S3Errors.InvalidRequest(
                $"The upload was created using a {function.ToAlgorithmName().ToLowerInvariant()} checksum. The complete request must "
                + $"include the checksum for each part. It was missing for part {part.PartNumber} in the request.").ToException();
        }
        if (given != part.Checksum.Value) throw S3Errors.InvalidPart(upload.UploadId, part.PartNumber, eTag).ToException();
    }
}
