using System.Buffers;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>
/// Writes an object from any content: in one request when it is small, else in parallel parts. One path for all: what differs is how
/// the content is cut.
/// </summary>
internal sealed class Uploader(
    S3Caller caller, TransferOptions defaults, S3ProviderProfile profile, ByteBudget budget, ArrayPool<byte> pool)
{
    public async Task<ObjectInfo> PutAsync(
        string bucketName, string key, ObjectContent content, PutObjectOptions options, CancellationToken cancellationToken)
    {
        var transfers = options.Transfers ?? defaults;
        WriteRules.CheckSizes(transfers.PartSizeBytes, transfers.MaxConcurrency, profile);
        WriteRules.CheckConditions(options, profile, bucketName, key);
        HeaderRule.Check(options);
        if (content.Length > profile.MaxObjectBytes) throw TooLarge(bucketName, key, content, "an object", profile.MaxObjectBytes);

        var contentType = options.ContentType ?? ContentTypes.Find(content.FileName) ?? ContentTypes.Find(key) ?? ContentTypes.Unknown;
        var upload = new Upload(caller, bucketName, key, options with { ContentType = contentType }, transfers.MaxConcurrency);
        try
        {
            return content switch
            {
                MemoryContent memory => await PutMemoryAsync(upload, memory, transfers, cancellationToken).ConfigureAwait(false),
                FileContent file => await PutFileAsync(upload, file, transfers, cancellationToken).ConfigureAwait(false),
                _ => await PutStreamAsync(upload, content, transfers, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (OperationCanceledException error)
            when (cancellationToken.IsCancellationRequested && error.CancellationToken != cancellationToken)
        {
            // The parts ran under a token of their own; the caller knows only his.
            throw new OperationCanceledException($"The upload of s3://{bucketName}/{key} was cancelled.", error, cancellationToken);
        }
    }

    private async Task<ObjectInfo> PutMemoryAsync(
        Upload upload, MemoryContent content, TransferOptions transfers, CancellationToken cancellationToken)
    {
        if (IsSmall(content.Memory.Length, transfers))
            return await upload.PutAsync(new MemoryBody(content.Memory), cancellationToken).ConfigureAwait(false);
        var parts = new MemoryPartSource(content.Memory, PartSize(upload, content, transfers, profile.MaxPartSizeBytes));
        return await upload.PutPartsAsync(parts, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObjectInfo> PutFileAsync(
        Upload upload, FileContent content, TransferOptions transfers, CancellationToken cancellationToken)
    {
        using var file = FileSource.Open(content, upload.BucketName, upload.Key);
        if (IsSmall(file.Length, transfers))
            return await upload.PutAsync(file.Slice(0, file.Length), cancellationToken).ConfigureAwait(false);
        var parts = new FilePartSource(file, PartSize(upload, content, transfers, profile.MaxPartSizeBytes));
        return await upload.PutPartsAsync(parts, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObjectInfo> PutStreamAsync(
        Upload upload, ObjectContent content, TransferOptions transfers, CancellationToken cancellationToken)
    {
        // Before the stream is touched: a stream that is refused can still be used for something else.
        var limit = Math.Min(PartBuffer.MaxSizeBytes(budget), profile.MaxPartSizeBytes);
        var size = content.Length is null
            ? PartSizes.First(transfers.PartSizeBytes, limit, profile)
            : PartSize(upload, content, transfers, limit);

        var stream = content.OpenRead();
        await using var owned = stream.ConfigureAwait(false);
        var source = new StreamSource(stream, content.Length, $"s3://{upload.BucketName}/{upload.Key}");
        return source.Length is { } length
            ? await PutKnownAsync(upload, source, length, size, IsSmall(length, transfers) && length <= limit, cancellationToken)
                .ConfigureAwait(false)
            : await PutUnknownAsync(upload, source, transfers, size, limit, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObjectInfo> PutKnownAsync(
        Upload upload, StreamSource source, long length, long partSize, bool isSmall, CancellationToken cancellationToken)
    {
        if (!isSmall)
        {
            using var parts = new StreamPartSource(source, first: null, _ => partSize, profile, budget, pool);
            return await upload.PutPartsAsync(parts, cancellationToken).ConfigureAwait(false);
        }

        using var whole = await PartBuffer.FillAsync(source.Stream, (int)length, budget, pool, cancellationToken).ConfigureAwait(false);
        if (!whole.IsFull) throw source.EndedEarly(whole.Length);
        await source.ThrowIfMoreAsync(cancellationToken).ConfigureAwait(false);
        return await upload.PutAsync(new MemoryBody(whole.Memory), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObjectInfo> PutUnknownAsync(
        Upload upload, StreamSource source, TransferOptions transfers, long partSize, long limit, CancellationToken cancellationToken)
    {
        // As much as may still become one request. It then is part 1, which may be larger than the others where parts need not be equal.
        var probe = profile.NeedsEqualParts ? partSize : Math.Max(partSize, Math.Min(limit, SinglePutLimit(transfers)));
        var first = await PartBuffer.GrowAsync(source.Stream, (int)probe, budget, pool, cancellationToken).ConfigureAwait(false);
        if (!first.IsFull && IsSmall(first.Length, transfers))
        {
            using (first) return await upload.PutAsync(new MemoryBody(first.Memory), cancellationToken).ConfigureAwait(false);
        }

        using var parts = new StreamPartSource(
            source, first, number => PartSizes.Ramped(number, partSize, limit, profile), profile, budget, pool);
        return await upload.PutPartsAsync(parts, cancellationToken).ConfigureAwait(false);
    }

    // A multipart upload of no part cannot be completed, whatever the threshold says.
    private bool IsSmall(long length, TransferOptions transfers) => length == 0 || length < SinglePutLimit(transfers);

    private long SinglePutLimit(TransferOptions transfers) => Math.Min(transfers.MultipartThresholdBytes, profile.MaxSinglePutBytes);

    private long PartSize(Upload upload, ObjectContent content, TransferOptions transfers, long limit) =>
        PartSizes.ForLength(content.Length!.Value, transfers.PartSizeBytes, limit, profile.MaxPartCount)
        ?? throw TooLarge(
            upload.BucketName,
            upload.Key,
            content,
            $"an upload of {profile.MaxPartCount} parts with this content and MaxBufferBytes ({budget.TotalBytes})",
            limit > long.MaxValue / profile.MaxPartCount ? long.MaxValue : limit * profile.MaxPartCount);

    private ArgumentException TooLarge(string bucketName, string key, ObjectContent content, string what, long limit) => new(
        $"s3://{bucketName}/{key} would have {content.Length} bytes; the most for {what} on '{profile.Name}' is {limit}. Nothing was sent.",
        nameof(content));
}
