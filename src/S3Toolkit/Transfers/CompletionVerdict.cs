using System.Globalization;
using System.Security.Cryptography;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transfers;

/// <summary>
/// Whether a multipart upload was completed although the answer said otherwise: an earlier attempt may have succeeded and its answer
/// been lost, after which the upload no longer exists, or its own object fails the condition. Pure functions.
/// </summary>
internal static class CompletionVerdict
{
    // S3 refuses requests that are signed with a clock further off than this, so the clocks differ by less.
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(15);

    /// <summary>Whether the error of a completion can be the echo of an earlier attempt that succeeded.</summary>
    public static bool CanBeEcho(S3ToolkitException error) =>
        error.Attempts > 1 && (error.ErrorCode == S3ErrorCode.NoSuchUpload || error is PreconditionFailedException);

    /// <summary>Whether the object that is there now is made of these parts.</summary>
    /// <param name="parts">The parts in order.</param>
    /// <param name="found">The object.</param>
    /// <param name="startedAt">When the upload was started, by our clock; null when that is not known.</param>
    public static bool IsMadeOf(IReadOnlyList<UploadedPart> parts, ObjectInfo found, DateTimeOffset? startedAt)
    {
        if (found.SizeBytes != parts.Sum(static part => part.SizeBytes)) return false;
        if (MatchesChecksum(parts, found.Checksum) is { } byChecksum) return byChecksum;
        if (found.ETag is { } etag && ExpectedETag(parts) is { } expected)
        {
            if (string.Equals(etag.Value, expected, StringComparison.OrdinalIgnoreCase)) return true;
            if (!IsEncryptedByKey(found)) return false;
        }

        // ETags that are not MD5 prove nothing. What is left is an object of the same size and number of parts that was written since
        // we began; without the time it could be one of the week before.
        return found.ETag?.PartCount == parts.Count
            && startedAt is { } start && found.LastModified is { } written && written >= start - MaxClockSkew;
    }

    /// <summary>The ETag that S3 gives to an object of these parts; null when a part's ETag is not an MD5.</summary>
    public static string? ExpectedETag(IReadOnlyList<UploadedPart> parts)
    {
#pragma warning disable CA5351 // S3's ETag is made with MD5; it protects nothing.
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        foreach (var part in parts)
        {
            if (!TryReadMD5(part.ETag, digest)) return null;
            md5.AppendData(digest);
        }

        md5.GetCurrentHash(digest);
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(digest)}-{parts.Count}");
    }

    /// <summary>Reads an ETag that has the form of an MD5.</summary>
    public static bool TryReadMD5(ETag etag, Span<byte> digest) =>
        !etag.IsWeak && etag.Value.Length == 2 * MD5.HashSizeInBytes
        && Convert.FromHexString(etag.Value, digest, out _, out _) == System.Buffers.OperationStatus.Done;

    /// <summary>
    /// Whether the ETag is no MD5 because of the encryption: KMS keys and customers' keys, as the S3 API reference has it.
    /// </summary>
    public static bool IsEncryptedByKey(ObjectInfo info) => info.EncryptionName is { } name && name != "AES256";

    private static bool? MatchesChecksum(IReadOnlyList<UploadedPart> parts, ObjectChecksum? found)
    {
        if (found is null || parts.Count == 0) return null;
        if (!parts.All(part => part.Checksum is { IsComposite: false } own
            && own.Function == found.Function && ChecksumText.IsValid(own.Function, own.Value))) return null;
        (string Checksum, long LengthBytes)[] values = [.. parts.Select(static part => (part.Checksum!.Value, part.SizeBytes))];
        if (found.IsComposite)
            return found.Value == CompositeChecksum.Of(found.Function, Array.ConvertAll(values, static part => part.Checksum));
        return found.Function.IsCombinable() ? found.Value == CrcCombination.CombineParts(found.Function, values) : null;
    }
}
