using System.Buffers.Text;
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
    private const string ElementPrefix = "Checksum";

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
        ChecksumRecord expected = part.DeclaredChecksum ?? part.Checksum!;
        string name = expected.Function.ToAlgorithmName();
        S3XmlNode[] given = [.. node.Children.Where(static child => child.Name.StartsWith(ElementPrefix, StringComparison.Ordinal))];
        if (given.Length == 0)
        {
            if (!upload.IsCompositeChecksum) return;
            throw S3Errors.InvalidRequest(
                $"The upload was created using a {name.ToLowerInvariant()} checksum. The complete request must "
                + $"include the checksum for each part. It was missing for part {part.PartNumber} in the request.").ToException();
        }
        if (given.Length > 1 || !Base64.IsValid(given[0].Text))
        {
            string values = string.Concat(given.Select(static child => $"{child.Name[ElementPrefix.Length..]}:{child.Text};"));
            throw S3Errors.InvalidArgument("Invalid Base64 or multiple checksums present in request", "Checksum", values).ToException();
        }
        if (given[0].Name != ElementPrefix + name)
            throw S3Errors.BadPartChecksum(given[0].Name[ElementPrefix.Length..], part.PartNumber).ToException();
        if (given[0].Text != expected.Value) throw S3Errors.InvalidPart(upload.UploadId, part.PartNumber, eTag).ToException();
    }
}
