using System.Text;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>What a journal's download is about.</summary>
/// <param name="BucketName">The bucket.</param>
/// <param name="Key">The key.</param>
/// <param name="Range">The range that was asked for, as a header has it; empty for all.</param>
/// <param name="Destination">The full path of the file.</param>
/// <param name="TemporaryName">The name of the file beside it that has the parts.</param>
/// <param name="ETag">The ETag of the object.</param>
/// <param name="VersionId">Its version; empty where there is none.</param>
/// <param name="SizeBytes">The size of the object.</param>
/// <param name="Plan">How the content is cut.</param>
internal sealed record JournalHeader(
    string BucketName,
    string Key,
    string Range,
    string Destination,
    string TemporaryName,
    string ETag,
    string VersionId,
    long SizeBytes,
    DownloadPlan Plan)
{
    /// <summary>Whether the same download is asked for.</summary>
    public bool IsOf(string bucketName, string key, ObjectRange? range, string destination) =>
        (BucketName, Key, Range, Destination) == (bucketName, key, range?.ToHeader() ?? "", destination);

    /// <summary>Whether the object is still the one of which the parts are.</summary>
    public bool IsAbout(ObjectInfo info) =>
        info.ETag is { IsWeak: false } etag && (ETag, VersionId, SizeBytes) == (etag.Value, info.VersionId ?? "", info.SizeBytes);

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var text in (string[])[BucketName, Key, Range, Destination, TemporaryName, ETag, VersionId]) writer.Write(text);
        foreach (var number in (long[])[SizeBytes, Plan.FirstByte, Plan.LengthBytes, Plan.FirstPartBytes, Plan.PartBytes])
            writer.Write(number);
        writer.Write(Plan.CoversObject);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null when it is something else.</summary>
    public static JournalHeader? FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        try
        {
            var texts = new string[7];
            for (var i = 0; i < texts.Length; i++) texts[i] = reader.ReadString();
            var size = reader.ReadInt64();
            var plan = new DownloadPlan(
                reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean());
            var isSound = TemporaryFile.IsName(texts[4]) && plan is { LengthBytes: > 0, FirstPartBytes: > 0, PartBytes: > 0 };
            return isSound
                ? new JournalHeader(texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6], size, plan)
                : null;
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            return null;
        }
    }
}
