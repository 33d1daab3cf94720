using System.Collections.ObjectModel;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>
/// Copies on the server's side: in one request, or in parallel parts where the object is too large for that. The source is looked at
/// first, which tells its size, and the copy is tied to what was seen.
/// </summary>
/// <param name="caller">Makes the calls.</param>
/// <param name="defaults">How large objects are cut, unless a copy says otherwise.</param>
/// <param name="profile">The provider's limits.</param>
/// <param name="readTags">Reads the tags of a source, which a copy in parts must set itself.</param>
internal sealed class ObjectCopier(
    S3Caller caller,
    TransferOptions defaults,
    S3ProviderProfile profile,
    Func<ObjectAddress, CancellationToken, Task<IReadOnlyDictionary<string, string>>> readTags)
{
    // How often a source that is overwritten again and again is looked at anew.
    private const int MaxLooks = 3;

    public async Task<ObjectInfo> CopyAsync(
        ObjectAddress source, string bucketName, string key, CopyObjectOptions options, CancellationToken cancellationToken)
    {
        var transfers = options.Transfers ?? defaults;
        WriteRules.CheckSizes(transfers.CopyPartSizeBytes, transfers.MaxConcurrency, profile);
        WriteRules.CheckConditions(options, profile, bucketName, key);
        HeaderRule.Check(options);
        WriteRules.CheckReplacements(options, bucketName, key);
        var replaces = options.ReplaceMetadata == true;
        if (replaces) options = options with { ContentType = options.ContentType ?? ContentTypes.Find(key) ?? ContentTypes.Unknown };
        options = options with { ReplaceMetadata = replaces, ReplaceTags = options.ReplaceTags ?? options.Tags.Count > 0 };

        try
        {
            for (var look = 1; ; look++)
            {
                var found = await CopySource.FindAsync(caller, source, options, cancellationToken).ConfigureAwait(false);
                try
                {
                    return found.SizeBytes > Math.Min(transfers.CopyThresholdBytes, profile.MaxSingleCopyBytes) && found.SizeBytes > 0
                        ? await CopyPartsAsync(source, found, bucketName, key, options, transfers, cancellationToken).ConfigureAwait(false)
                        : await CopyWholeAsync(source, found, bucketName, key, options, cancellationToken).ConfigureAwait(false);
                }
                catch (PreconditionFailedException) when (look < MaxLooks && !HasCondition(options))
                {
                    // The condition is our own: the source was overwritten since we looked.
                }
            }
        }
        catch (OperationCanceledException error)
            when (cancellationToken.IsCancellationRequested && error.CancellationToken != cancellationToken)
        {
            throw new OperationCanceledException(
                $"The copy of {source} to s3://{bucketName}/{key} was cancelled.", error, cancellationToken);
        }
    }

    private static bool HasCondition(CopyObjectOptions options) =>
        options.OnlyIfAbsent || options.OnlyIfMatch is not null || options.OnlyIfSourceMatch is not null;

    private static CopyObjectOptions TieTo(ObjectInfo found, CopyObjectOptions options) =>
        found.ETag is { IsWeak: false } etag ? options with { OnlyIfSourceMatch = etag } : options;

    private static ObjectInfo Describe(ObjectInfo answer, ObjectInfo source, CopyObjectOptions options, int? partCount) =>
        WrittenObject.Describe(
            answer,
            options.ReplaceMetadata == true ? options : CopySource.WithHeadersOf(options, source),
            source.SizeBytes,
            partCount);

    private ProgressMeter Meter(CopyObjectOptions options, ObjectInfo found, string bucketName, string key) =>
        new(options.Progress, found.SizeBytes, error => caller.Telemetry.ProgressFailed(bucketName, key, error));

    private async Task<ObjectInfo> CopyWholeAsync(
        ObjectAddress source,
        ObjectInfo found,
        string bucketName,
        string key,
        CopyObjectOptions options,
        CancellationToken cancellationToken)
    {
        var tied = TieTo(found, options);
        // CopyObject keeps all of the source's or nothing of it: what is to be kept beside something new is sent.
        if (options.ReplaceMetadata != true && options.SetsHeaders)
            tied = CopySource.WithHeadersOf(tied, found) with { ReplaceMetadata = true };
        var reply = await caller.CallAsync(
            new S3Call("CopyObject", bucketName, key),
            (wire, attempt) => wire.Transport.CopyObjectAsync(source, bucketName, key, tied, attempt),
            cancellationToken).ConfigureAwait(false);
        Meter(options, found, bucketName, key).Add(found.SizeBytes);
        return Describe(reply.Value, found, options, partCount: null);
    }

    private async Task<ObjectInfo> CopyPartsAsync(
        ObjectAddress source,
        ObjectInfo found,
        string bucketName,
        string key,
        CopyObjectOptions options,
        TransferOptions transfers,
        CancellationToken cancellationToken)
    {
        var partSize = PartSizes.ForLength(found.SizeBytes, transfers.CopyPartSizeBytes, profile.MaxPartSizeBytes, profile.MaxPartCount)
            ?? throw new ArgumentException(
                $"{source} has {found.SizeBytes} bytes, more than '{profile.Name}' takes in {profile.MaxPartCount} parts.", nameof(source));
        var pinned = CopySource.Pin(source, found);
        var upload = options.ReplaceMetadata == true ? options : CopySource.WithHeadersOf(options, found);
        if (options.ReplaceTags != true)
            upload = upload with { Tags = await TagsAsync(pinned, found, cancellationToken).ConfigureAwait(false) };

        var startedAt = caller.TimeProvider.GetUtcNow();
        var address = await MultipartCreation.RunAsync(caller, bucketName, key, upload, cancellationToken).ConfigureAwait(false);
        var meter = Meter(options, found, bucketName, key);
        try
        {
            var ranges = new CopyRanges(found.SizeBytes, partSize);
            var tied = TieTo(found, options);
            var parts = await ParallelParts<CopyRange>.RunAsync(
                _ => new(ranges.Next()),
                (range, token) => CopyPartAsync(address, pinned, range, tied, meter, token),
                transfers.MaxConcurrency,
                cancellationToken).ConfigureAwait(false);
            var answer = await MultipartCompletion.RunAsync(caller, address, parts, upload, startedAt, cancellationToken)
                .ConfigureAwait(false);
            return Describe(answer, found, options, parts.Count);
        }
        catch
        {
            await MultipartAbort.TryAsync(caller, address, options).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<UploadedPart> CopyPartAsync(
        MultipartAddress address,
        ObjectAddress source,
        CopyRange part,
        CopyObjectOptions options,
        ProgressMeter meter,
        CancellationToken cancellationToken)
    {
        var range = ObjectRange.Of(part.Offset, part.Length);
        var reply = await caller.CallAsync(
            new S3Call("UploadPartCopy", address.BucketName, address.Key),
            (wire, attempt) => wire.Transport.CopyPartAsync(address, part.Number, source, range, options, attempt),
            cancellationToken).ConfigureAwait(false);
        meter.Add(part.Length);
        return reply.Value with { PartNumber = part.Number, SizeBytes = part.Length };
    }

    private async Task<IReadOnlyDictionary<string, string>> TagsAsync(
        ObjectAddress source, ObjectInfo found, CancellationToken cancellationToken)
    {
        if (found.TagCount == 0) return ReadOnlyDictionary<string, string>.Empty;
        try
        {
            return await readTags(source, cancellationToken).ConfigureAwait(false);
        }
        catch (S3ToolkitException error) when (error.ErrorCode == S3ErrorCode.NotImplemented)
        {
            // A server without tags has none to lose.
            return ReadOnlyDictionary<string, string>.Empty;
        }
    }
}
