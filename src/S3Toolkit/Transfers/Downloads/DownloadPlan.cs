using S3Toolkit.Transport;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>
/// How a content is cut into ranges. Pure. The first part is what the first request asked for, before anything was known; the ends of the
/// others are multiples of the part size, which follows the parts that the object was stored in where they are of a fitting size.
/// </summary>
/// <param name="FirstByte">Where in the object the content begins.</param>
/// <param name="LengthBytes">The length of the content.</param>
/// <param name="FirstPartBytes">The length of the first part.</param>
/// <param name="PartBytes">The distance between the ends of parts, counted from the beginning of the content.</param>
/// <param name="CoversObject">Whether the content is all of the object.</param>
internal sealed record DownloadPlan(long FirstByte, long LengthBytes, long FirstPartBytes, long PartBytes, bool CoversObject)
{
    private const long MiB = 1024 * 1024;

    // Smaller stored parts would be many requests, larger ones too coarse to be shared out among connections.
    private const long MinStoredPartBytes = 8 * MiB;
    private const long MaxStoredPartBytes = 64 * MiB;

    // More would only make the list of them long: a part that breaks goes on inside.
    private const int MaxPartCount = 10_000;

    /// <summary>The number of parts.</summary>
    public int PartCount =>
        LengthBytes <= FirstPartBytes ? 1 : 1 + (int)((LengthBytes + PartBytes - 1) / PartBytes) - (int)(FirstPartBytes / PartBytes);

    /// <summary>Whether an object can be asked for in parts, as far as the options tell.</summary>
    public static bool Allows(GetObjectOptions options) =>
        // Where the last bytes begin shows only in the answer; and what a caller does to a request is meant for that one.
        options.Range?.SuffixLength is null && options.SdkRequestCustomizer is null;

    /// <summary>What the first request asks for.</summary>
    public static ObjectRange FirstRange(ObjectRange? wished, long partBytes)
    {
        var first = wished?.FirstByte ?? 0;
        var length = wished?.LastByte is { } last ? Math.Min(partBytes, last - first + 1) : partBytes;
        return ObjectRange.Of(first, Math.Min(length, long.MaxValue - first));
    }

    /// <summary>Makes a plan from the first answer.</summary>
    /// <param name="wished">The range that the caller wants; null for all.</param>
    /// <param name="asked">The range of the first request.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="partBytes">The part size of the options.</param>
    /// <returns>The plan; null when the answer is no beginning of a content that others can go on with.</returns>
    public static DownloadPlan? Of(ObjectRange? wished, ObjectRange asked, GetReply reply, long partBytes)
    {
        if (reply.Range is not { } range || reply.Info.ETag is not { IsWeak: false } etag) return null;
        var last = Math.Min(wished?.LastByte ?? long.MaxValue, range.TotalBytes - 1);
        if (range.FirstByte != asked.FirstByte || range.LastByte != Math.Min(asked.LastByte!.Value, last)) return null;
        if (reply.ContentLength is { } sent && sent != range.LengthBytes) return null;
        return Of(range.FirstByte, last - range.FirstByte + 1, range.LengthBytes, range.TotalBytes, etag, partBytes);
    }

    /// <summary>Makes a plan from what is known of the object.</summary>
    public static DownloadPlan Of(long firstByte, long lengthBytes, long firstPartBytes, long objectBytes, ETag etag, long partBytes)
    {
        var covers = firstByte == 0 && lengthBytes == objectBytes;
        var wished = covers && StoredPartBytes(objectBytes, etag.PartCount) is { } stored ? stored : partBytes;
        var size = PartSizes.ForLength(lengthBytes, wished, long.MaxValue, MaxPartCount)!.Value;
        return new DownloadPlan(firstByte, lengthBytes, firstPartBytes, size, covers);
    }

    /// <summary>
    /// The size of the parts that an object was uploaded in, as its ETag lets one guess: all are equal but the last, and nearly everybody
    /// uses whole MiB.
    /// </summary>
    /// <returns>The size; null when it cannot be guessed, or is none to download by.</returns>
    public static long? StoredPartBytes(long objectBytes, int? partCount)
    {
        if (partCount is not { } count || count < 2) return null;
        if (objectBytes / count is < MinStoredPartBytes or > MaxStoredPartBytes) return null;
        var size = ((objectBytes + count - 1) / count + MiB - 1) / MiB * MiB;
        return (objectBytes + size - 1) / size == count ? size : null;
    }

    /// <summary>Where in the content a part lies.</summary>
    public (long Offset, long Length) Part(int index)
    {
        var offset = index == 0 ? 0 : index == 1 ? FirstPartBytes : End(index - 1);
        return (offset, End(index) - offset);
    }

    private long End(int index) =>
        Math.Min(LengthBytes, index == 0 ? FirstPartBytes : (FirstPartBytes / PartBytes + index) * PartBytes);
}
