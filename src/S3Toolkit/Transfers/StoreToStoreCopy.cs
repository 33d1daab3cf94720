using System.Collections.ObjectModel;

namespace S3Toolkit.Transfers;

/// <summary>Copies an object from one store to another through this process, in bounded memory.</summary>
internal static class StoreToStoreCopy
{
    public static async Task<ObjectInfo> RunAsync(
        IObjectStore source,
        string key,
        IObjectStore destination,
        string destinationKey,
        CopyToOptions options,
        CancellationToken cancellationToken)
    {
        var get = new GetObjectOptions
        {
            VersionId = options.VersionId,
            OnlyIfMatch = options.OnlyIfMatch,
            CustomerKey = options.CustomerKey,
            RequireVerification = options.RequireVerification,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            SdkRequestCustomizer = options.SdkRequestCustomizer,
        };
        var reader = await source.GetAsync(key, get, cancellationToken).ConfigureAwait(false);
        await using var owned = reader.ConfigureAwait(false);
        var put = CopySource.WithHeadersOf(options.Destination, reader.Info);
        if (options.KeepTags && put.Tags.Count == 0)
            put = put with { Tags = await TagsAsync(source, reader.Info, options, cancellationToken).ConfigureAwait(false) };

        // The reader verifies what it reads before it gives out the last bytes, so that a corrupt body never becomes an object.
        var content = new StreamContent(reader.Content, reader.ContentLengthBytes);
        var copy = await destination.PutAsync(destinationKey, content, put, cancellationToken).ConfigureAwait(false);
        var read = reader.ContentLengthBytes is null ? reader.Info with { SizeBytes = copy.SizeBytes } : reader.Info;
        return SameContent.Difference(read, copy) is not { } difference ? copy : throw new ContentCorruptedException(
            $"The copy of s3://{source.BucketName}/{key} at s3://{destination.BucketName}/{destinationKey} is corrupt: {difference}. "
            + "Delete it, and copy again.",
            S3ErrorCode.ContentCorrupted)
        {
            Operation = "PutObject",
            BucketName = destination.BucketName,
            Key = destinationKey,
        };
    }

    private static async Task<IReadOnlyDictionary<string, string>> TagsAsync(
        IObjectStore source, ObjectInfo info, CopyToOptions options, CancellationToken cancellationToken)
    {
        if (info.TagCount == 0) return ReadOnlyDictionary<string, string>.Empty;
        var versionId = options.VersionId ?? (info.VersionId is { } found && found != "null" ? found : null);
        try
        {
            return await source.GetTagsAsync(info.Key, versionId, cancellationToken).ConfigureAwait(false);
        }
        catch (S3ToolkitException error) when (error.ErrorCode == S3ErrorCode.NotImplemented)
        {
            // A server without tags has none to lose.
            return ReadOnlyDictionary<string, string>.Empty;
        }
    }
}
