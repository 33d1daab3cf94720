using System.Globalization;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The Range header.</summary>
internal static class ByteRanges
{
    /// <summary>
    /// The range as offset and length. Null = the whole body: no header, or one that S3 ignores (malformed, or several ranges).
    /// </summary>
    /// <exception cref="S3ErrorException">416: the range lies behind the end.</exception>
    public static (long Offset, long Length)? Parse(string? header, long bodyLength)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)) return null;
        ReadOnlySpan<char> text = header.AsSpan("bytes=".Length);
        int dash = text.IndexOf('-');
        if (dash < 0 || text.Contains(',')) return null;
        bool hasFirst = TryNumber(text[..dash], out long first);
        bool hasLast = TryNumber(text[(dash + 1)..], out long last);
        if ((!hasFirst && dash > 0) || (!hasLast && dash < text.Length - 1) || (!hasFirst && !hasLast)) return null;
        if (hasFirst && hasLast && last < first) return null;
        if (!hasFirst)
        {
            long suffix = Math.Min(last, bodyLength);
            return suffix > 0 ? (bodyLength - suffix, suffix) : throw S3Errors.InvalidRange(header, bodyLength).ToException();
        }
        if (first >= bodyLength) throw S3Errors.InvalidRange(header, bodyLength).ToException();
        return (first, (hasLast ? Math.Min(last, bodyLength - 1) : bodyLength - 1) - first + 1);
    }

    /// <summary>The range of UploadPartCopy: both ends, and inside the source.</summary>
    /// <exception cref="S3ErrorException">InvalidArgument; InvalidRequest when all of it lies behind the end.</exception>
    public static (long Offset, long Length) ParseCopySource(string header, long sourceLength)
    {
        ReadOnlySpan<char> text = header;
        if (text.StartsWith("bytes=", StringComparison.Ordinal)) text = text["bytes=".Length..];
        int dash = text.IndexOf('-');
        if (dash <= 0 || text.Length == header.Length || !TryNumber(text[..dash], out long first)
            || !TryNumber(text[(dash + 1)..], out long last) || last < first)
        {
            throw S3Errors.InvalidArgument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets "
                + "of the first and last bytes to copy", "x-amz-copy-source-range", header).ToException();
        }
        if (first >= sourceLength)
            throw S3Errors.InvalidRequest("The specified copy range is invalid for the source object size").ToException();
        if (last >= sourceLength)
        {
            throw S3Errors.InvalidArgument(
                string.Create(CultureInfo.InvariantCulture, $"Range specified is not valid for source object of size: {sourceLength}"),
                "x-amz-copy-source-range", header).ToException();
        }
        return (first, last - first + 1);
    }

    /// <summary>Digits only. A number beyond all bodies is the largest there is, not a malformed one.</summary>
    private static bool TryNumber(ReadOnlySpan<char> text, out long number)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)) return true;
        bool isTooLarge = !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
        if (isTooLarge) number = long.MaxValue;
        return isTooLarge;
    }
}
