using System.Buffers;
using System.Net;
using System.Text;

namespace S3Toolkit.Transfers;

/// <summary>Reads an open object to its end and says how far it is. What it is read into is the only difference.</summary>
internal static class ContentCopy
{
    // 128 KiB: above it, larger reads from a socket gain nothing that can be measured; below the large object heap in any case (pooled).
    private const int BufferSizeBytes = 128 * 1024;

    // Where nobody said how long the content is: most such contents are small.
    private const int FirstArrayBytes = 16 * 1024;

    public static async Task ToStreamAsync(
        ObjectReader reader, Stream destination, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSizeBytes);
        try
        {
            await ToStreamAsync(reader, destination, progress, buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task ToStreamAsync(
        ObjectReader reader,
        Stream destination,
        IProgress<TransferProgress>? progress,
        Memory<byte> buffer,
        CancellationToken cancellationToken)
    {
        var meter = Meter(reader, progress);
        while (true)
        {
            var count = await reader.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0) break;
            await destination.WriteAsync(buffer[..count], cancellationToken).ConfigureAwait(false);
            meter.Add(count);
        }

        meter.Finish();
    }

    /// <exception cref="InvalidOperationException">The content is larger than an array can be.</exception>
    public static async Task<byte[]> ToArrayAsync(
        ObjectReader reader, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        if (reader.ContentLengthBytes > Array.MaxLength) throw TooLarge(reader);
        var content = new ReportedStream(reader.Content, Meter(reader, progress));
        await using var owned = content.ConfigureAwait(false);
        // The length is what somebody said, the end is what counts.
        var bytes = GC.AllocateUninitializedArray<byte>((int)(reader.ContentLengthBytes ?? FirstArrayBytes));
        var length = 0;
        var next = new byte[1];
        while (true)
        {
            var rest = bytes.AsMemory(length);
            length += await content.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            // The read that meets the end is the one that verifies.
            if (length < bytes.Length || await content.ReadAsync(next, cancellationToken).ConfigureAwait(false) == 0) break;
            if (length == Array.MaxLength) throw TooLarge(reader);
            Array.Resize(ref bytes, (int)Math.Min(Math.Max(2L * length, FirstArrayBytes), Array.MaxLength));
            bytes[length++] = next[0];
        }

        Array.Resize(ref bytes, length);
        return bytes;
    }

    public static async Task<string> ToTextAsync(
        ObjectReader reader, Encoding encoding, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(new ReportedStream(reader.Content, Meter(reader, progress)), encoding);
        return await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>"Not modified" is no content: an empty file or text would be taken for one.</summary>
    /// <exception cref="S3ToolkitException">The object was not modified.</exception>
    public static void Require(ObjectReader reader)
    {
        if (!reader.IsNotModified) return;
        throw new S3ToolkitException(
            $"s3://{reader.Info.BucketName}/{reader.Info.Key} was not modified by the conditions of the download, so there is nothing to "
            + "read. To handle that, use OpenAsync and look at IsNotModified.",
            S3ErrorCode.NotModified)
        {
            StatusCode = HttpStatusCode.NotModified,
            Operation = "GetObject",
            BucketName = reader.Info.BucketName,
            Key = reader.Info.Key,
        };
    }

    private static ProgressMeter Meter(ObjectReader reader, IProgress<TransferProgress>? progress) =>
        new(progress, reader.ContentLengthBytes, reader.ProgressFailed);

    private static InvalidOperationException TooLarge(ObjectReader reader) => new(
        $"The content of s3://{reader.Info.BucketName}/{reader.Info.Key} has "
        + (reader.ContentLengthBytes is { } length ? $"{length} bytes, " : "")
        + "more than an array can hold. Copy it to a stream or a file.");
}
