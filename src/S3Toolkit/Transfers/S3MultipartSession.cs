using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>A multipart upload whose parts the caller sends.</summary>
/// <param name="caller">Makes the calls.</param>
/// <param name="address">The upload.</param>
/// <param name="options">What the upload was started with; null when that is not known.</param>
/// <param name="budget">Where tickets for buffers come from.</param>
/// <param name="pool">Where buffers come from.</param>
/// <param name="isResumed">Whether the upload was started elsewhere.</param>
internal sealed class S3MultipartSession(
    S3Caller caller,
    MultipartAddress address,
    StartMultipartOptions? options,
    ByteBudget budget,
    ArrayPool<byte> pool,
    bool isResumed = false) : MultipartSession
{
    private readonly ConcurrentDictionary<int, UploadedPart> _parts = new();
    private readonly StartMultipartOptions _options = options ?? new StartMultipartOptions();
    private readonly DateTimeOffset? _startedAt = isResumed ? null : caller.TimeProvider.GetUtcNow();

    public override string BucketName => address.BucketName;

    public override string Key => address.Key;

    public override string UploadId => address.UploadId;

    public override async Task<UploadedPart> UploadPartAsync(
        int partNumber, ObjectContent content, CancellationToken cancellationToken = default)
    {
        CheckNumber(partNumber);
        ArgumentNullException.ThrowIfNull(content);
        switch (content)
        {
            case MemoryContent memory:
                return await SendAsync(partNumber, new MemoryBody(memory.Memory), cancellationToken).ConfigureAwait(false);
            case FileContent file:
                using (var source = FileSource.Open(file, BucketName, Key))
                    return await SendAsync(partNumber, source.Slice(0, source.Length), cancellationToken).ConfigureAwait(false);
            default:
                using (var buffer = await BufferAsync(partNumber, content, cancellationToken).ConfigureAwait(false))
                    return await SendAsync(partNumber, new MemoryBody(buffer.Memory), cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task<UploadedPart> CopyPartAsync(
        int partNumber,
        ObjectAddress source,
        ObjectRange? range = null,
        CustomerKeyEncryption? sourceCustomerKey = null,
        CancellationToken cancellationToken = default)
    {
        CheckNumber(partNumber);
        ArgumentException.ThrowIfNullOrEmpty(source.BucketName, nameof(source));
        ArgumentException.ThrowIfNullOrEmpty(source.Key, nameof(source));
        if (range?.SuffixLength is not null)
            throw new ArgumentException($"UploadPartCopy knows no suffix range ({range}): give the first byte as well.", nameof(range));

        var copy = new CopyObjectOptions
        {
            ExpectedBucketOwner = _options.ExpectedBucketOwner,
            Encryption = _options.Encryption,
            SourceCustomerKey = sourceCustomerKey,
            SdkRequestCustomizer = _options.SdkRequestCustomizer,
        };
        long length;
        if (range is { FirstByte: { } first, LastByte: { } last })
        {
            length = last - first + 1;
        }
        else
        {
            // The answer to a copied part does not tell its size, and "to the end" must mean the end of what was measured.
            var info = await CopySource.FindAsync(caller, source, copy, cancellationToken).ConfigureAwait(false);
            var from = range?.FirstByte ?? 0;
            if (from > 0 && from >= info.SizeBytes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(range), range, $"{source} has {info.SizeBytes} bytes: there is nothing from byte {from} on to copy.");
            }

            length = info.SizeBytes - from;
            copy = copy with { OnlyIfSourceMatch = info.ETag };
            if (range is not null) range = ObjectRange.Of(from, length);
        }

        var reply = await caller.CallAsync(
            new S3Call("UploadPartCopy", BucketName, Key),
            (wire, attempt) => wire.Transport.CopyPartAsync(address, partNumber, source, range, copy, attempt),
            cancellationToken).ConfigureAwait(false);
        return _parts[partNumber] = reply.Value with { PartNumber = partNumber, SizeBytes = length };
    }

    public override IAsyncEnumerable<UploadedPart> ListPartsAsync(CancellationToken cancellationToken = default) => Pages.ReadAsync(
        caller,
        new S3Call("ListParts", BucketName, Key),
        (wire, token, attempt) => wire.Transport.ListPartsAsync(address, _options, token, attempt),
        cancellationToken);

    public override async Task<ObjectInfo> CompleteAsync(
        IEnumerable<UploadedPart>? parts = null, CancellationToken cancellationToken = default)
    {
        // A resumed session does not know what was sent before it: an object without that would be silently short.
        if (parts is null && isResumed)
        {
            await foreach (var part in ListPartsAsync(cancellationToken).ConfigureAwait(false)) _parts[part.PartNumber] = part;
        }

        List<UploadedPart> ordered = [.. parts ?? _parts.Values];
        ordered.Sort(static (left, right) => left.PartNumber.CompareTo(right.PartNumber));
        Check(ordered, given: parts is not null);
        var answer = await MultipartCompletion.RunAsync(caller, address, ordered, _options, _startedAt, cancellationToken)
            .ConfigureAwait(false);
        return WrittenObject.Describe(answer, _options, ordered.Sum(static part => part.SizeBytes), ordered.Count);
    }

    public override Task AbortAsync(CancellationToken cancellationToken = default) =>
        MultipartAbort.RunAsync(caller, address, _options, cancellationToken);

    private static void CheckNumber(int partNumber)
    {
        if (partNumber is < 1 or > TransferOptions.MaxPartCount)
            throw new ArgumentOutOfRangeException(nameof(partNumber), partNumber, $"A part number is 1 to {TransferOptions.MaxPartCount}.");
    }

    private void Check(List<UploadedPart> parts, bool given)
    {
        if (parts.Count == 0)
        {
            throw new InvalidOperationException(given
                ? $"The upload of s3://{BucketName}/{Key} cannot be completed with an empty list of parts."
                : $"No part of s3://{BucketName}/{Key} was uploaded through this session. Upload one, or give the parts, for example "
                    + "from ListPartsAsync.");
        }

        for (var i = 1; i < parts.Count; i++)
        {
            if (parts[i].PartNumber == parts[i - 1].PartNumber)
                throw new ArgumentException($"Part {parts[i].PartNumber} of s3://{BucketName}/{Key} is given twice.", nameof(parts));
        }
    }

    private async Task<UploadedPart> SendAsync(int partNumber, RequestBody body, CancellationToken cancellationToken)
    {
        var reply = await caller.CallAsync(
            new S3Call("UploadPart", BucketName, Key),
            (wire, attempt) => wire.Transport.UploadPartAsync(address, partNumber, body, _options, attempt),
            cancellationToken).ConfigureAwait(false);
        return _parts[partNumber] = reply.Value with { PartNumber = partNumber, SizeBytes = body.Length };
    }

    /// <summary>Reads content that cannot be read twice, since a part must be: a retry sends it again.</summary>
    private async Task<PartBuffer> BufferAsync(int partNumber, ObjectContent content, CancellationToken cancellationToken)
    {
        // For an unknown length a quarter of the memory, so that four such parts can be under way; a known one may take all of it.
        var most = content.Length is null ? PartBuffer.MaxSizeBytes(budget) : Math.Min(budget.TotalBytes, Array.MaxLength);
        if (content.Length > most) throw TooLarge(partNumber, content, most);

        var stream = content.OpenRead();
        await using var owned = stream.ConfigureAwait(false);
        var source = new StreamSource(stream, content.Length, $"part {partNumber} of s3://{BucketName}/{Key}");
        var buffer = source.Length is { } length
            ? await PartBuffer.FillAsync(stream, (int)length, budget, pool, cancellationToken).ConfigureAwait(false)
            : await PartBuffer.GrowAsync(stream, (int)most, budget, pool, cancellationToken).ConfigureAwait(false);
        try
        {
            if (source.Length is not null && !buffer.IsFull) throw source.EndedEarly(buffer.Length);
            if (source.Length is not null) await source.ThrowIfMoreAsync(cancellationToken).ConfigureAwait(false);
            else if (buffer.IsFull && await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
                throw TooLarge(partNumber, content, most);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private ArgumentException TooLarge(int partNumber, ObjectContent content, long most) => new(
        $"Part {partNumber} of s3://{BucketName}/{Key} has {content.Length?.ToString(CultureInfo.InvariantCulture) ?? $"more than {most}"} "
        + $"bytes: a part that can be read only once is held in memory, at most {most} bytes with MaxBufferBytes at {budget.TotalBytes}. "
        + "Give a file, send smaller parts, or raise MaxBufferBytes.",
        nameof(content));
}
