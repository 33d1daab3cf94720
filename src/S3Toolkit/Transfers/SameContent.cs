using System.Security.Cryptography;

namespace S3Toolkit.Transfers;

/// <summary>Whether two objects can have the same content, as far as their facts can be compared. Pure.</summary>
internal static class SameContent
{
    /// <returns>What differs, as a clause; null when nothing does that can be compared.</returns>
    public static string? Difference(ObjectInfo source, ObjectInfo copy)
    {
        if (source.SizeBytes != copy.SizeBytes) return $"it has {copy.SizeBytes} bytes, the source {source.SizeBytes}";
        if (source.Checksum is { IsComposite: false } expected && copy.Checksum is { IsComposite: false } actual
            && expected.Function == actual.Function)
        {
            return expected.Value == actual.Value ? null : $"its {expected.Function} is {actual.Value}, the source's {expected.Value}";
        }

        return HasMD5(source) && HasMD5(copy) && !SameText(source.ETag!.Value, copy.ETag!.Value)
            ? $"its MD5 is {copy.ETag.Value.Value}, the source's {source.ETag.Value.Value}"
            : null;
    }

    // An ETag that looks like an MD5 is one only where no key takes part, and S3 Express makes none.
    private static bool HasMD5(ObjectInfo info)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        return info.ETag is { } etag && CompletionVerdict.TryReadMD5(etag, digest) && info.EncryptionName is null or "AES256"
            && info.StorageClass != StorageClass.ExpressOneZone;
    }

    private static bool SameText(ETag left, ETag right) => string.Equals(left.Value, right.Value, StringComparison.OrdinalIgnoreCase);
}
