using System.Net;
using S3Toolkit.Streams;

namespace S3Toolkit.Transfers;

/// <summary>
/// Moves an object within its bucket: copies it, looks at the copy, and deletes the source if it still is what was copied. Whatever ends
/// it midway, the content is at one place at least.
/// </summary>
internal static class ObjectMover
{
    public static async Task<ObjectInfo> MoveAsync(
        IObjectStore store, string key, string destinationKey, MoveObjectOptions options, CancellationToken cancellationToken)
    {
        if (key == destinationKey)
            throw new ArgumentException($"s3://{store.BucketName}/{key} is there already.", nameof(destinationKey));
        RequireConditions(store, key);

        var source = await FindAsync(store, key, versionId: null, options, cancellationToken).ConfigureAwait(false)
            ?? throw PinnedObject.Missing(store.BucketName, key);
        if (source.ETag is not { IsWeak: false } etag) throw Say(store, key, "the server gives no ETag to tell its content by");

        var copy = await store.CopyAsync(
            new ObjectAddress(store.BucketName, key), destinationKey, CopyOptions(source, etag, options), cancellationToken)
            .ConfigureAwait(false);
        await VerifyAsync(store, source, copy, destinationKey, options, cancellationToken).ConfigureAwait(false);
        await DeleteSourceAsync(store, source, etag, copy, options, cancellationToken).ConfigureAwait(false);
        return copy;
    }

    private static CopyObjectOptions CopyOptions(ObjectInfo source, ETag etag, MoveObjectOptions options) => new()
    {
        OnlyIfAbsent = !options.Overwrite,
        OnlyIfSourceMatch = etag,
        // A copy is STANDARD unless it is told otherwise; what is moved stays what it is.
        StorageClass = source.StorageClass == StorageClass.Standard ? default(StorageClass?) : source.StorageClass,
        WebsiteRedirectLocation = source.WebsiteRedirectLocation,
        SourceCustomerKey = options.CustomerKey,
        Encryption = options.CustomerKey,
        ExpectedBucketOwner = options.ExpectedBucketOwner,
        SdkRequestCustomizer = options.SdkRequestCustomizer,
        Progress = options.Progress,
        Transfers = options.Transfers,
    };

    /// <exception cref="NotSupportedException">The provider ignores conditions.</exception>
    private static void RequireConditions(IObjectStore store, string key)
    {
        if (StoreFacts.Of(store).Profile is not { SupportsConditionalWrites: false } profile) return;
        throw new NotSupportedException(
            $"The provider '{profile.Name}' ignores conditions on writes, so that a move of s3://{store.BucketName}/{key} could lose what "
            + "others write meanwhile: copy and delete it yourself, or set SupportsConditionalWrites in the provider's profile if it does "
            + "honour them.");
    }

    private static async Task VerifyAsync(
        IObjectStore store,
        ObjectInfo source,
        ObjectInfo copy,
        string destinationKey,
        MoveObjectOptions options,
        CancellationToken cancellationToken)
    {
        var found = await FindAsync(store, destinationKey, VersionOf(copy), options, cancellationToken).ConfigureAwait(false);
        if (found is null || (copy.ETag is { } etag && found.ETag != etag))
        {
            throw Lost(
                store,
                source.Key,
                $"its copy at s3://{store.BucketName}/{destinationKey} was overwritten or deleted by somebody else. It stays",
                cause: null);
        }

        if (SameContent.Difference(source, found) is not { } difference) return;
        throw new ContentCorruptedException(
            $"The move of s3://{store.BucketName}/{source.Key} to {destinationKey} failed: the copy is corrupt: {difference}. "
            + "The source stays; delete the copy.",
            S3ErrorCode.ContentCorrupted)
        {
            Operation = "CopyObject",
            BucketName = store.BucketName,
            Key = destinationKey,
        };
    }

    private static async Task DeleteSourceAsync(
        IObjectStore store, ObjectInfo source, ETag etag, ObjectInfo copy, MoveObjectOptions options, CancellationToken cancellationToken)
    {
        PreconditionFailedException? refusal = null;
        var delete = new DeleteObjectOptions
        {
            OnlyIfMatch = etag,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            SdkRequestCustomizer = options.SdkRequestCustomizer,
        };
        try
        {
            var deleted = await store.DeleteAsync(source.Key, delete, cancellationToken).ConfigureAwait(false);
            if (!deleted.WasMissing) return;
        }
        catch (PreconditionFailedException error)
        {
            refusal = error;
        }

        var left = refusal is null ? null : await FindAsync(store, source.Key, null, options, cancellationToken).ConfigureAwait(false);
        // Refused because there is nothing any more, and an earlier attempt of ours lost its answer: it was ours that deleted it.
        if (left is null && refusal?.Attempts > 1) return;
        // A version is the copy of this move and of no other. Without versions another mover may have put the same content in its place,
        // which must not be lost: there the copy stays.
        if (VersionOf(copy) is { } version)
        {
            var remove = delete with { OnlyIfMatch = null, VersionId = version };
            await store.DeleteAsync(copy.Key, remove, cancellationToken).ConfigureAwait(false);
        }

        var copies = VersionOf(copy) is null ? $" The copy is at s3://{store.BucketName}/{copy.Key}" : " The copy was removed again";
        throw Lost(
            store,
            source.Key,
            left is null ? $"somebody else moved or deleted it meanwhile.{copies}" : $"it changed meanwhile, and stays.{copies}",
            refusal);
    }

    private static string? VersionOf(ObjectInfo copy) => copy.VersionId is { } version && version != "null" ? version : null;

    private static Task<ObjectInfo?> FindAsync(
        IObjectStore store, string key, string? versionId, MoveObjectOptions options, CancellationToken cancellationToken)
    {
        var find = new FindObjectOptions
        {
            VersionId = versionId,
            CustomerKey = options.CustomerKey,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            SdkRequestCustomizer = options.SdkRequestCustomizer,
        };
        return store.FindAsync(key, find, cancellationToken);
    }

    private static PreconditionFailedException Lost(IObjectStore store, string key, string why, Exception? cause) =>
        new($"The move of s3://{store.BucketName}/{key} failed: {why}.", S3ErrorCode.PreconditionFailed, cause)
        {
            StatusCode = HttpStatusCode.PreconditionFailed,
            Operation = "DeleteObject",
            BucketName = store.BucketName,
            Key = key,
        };

    private static S3ToolkitException Say(IObjectStore store, string key, string why) =>
        new($"The move of s3://{store.BucketName}/{key} failed: {why}.", S3ErrorCode.PreconditionFailed)
        {
            BucketName = store.BucketName,
            Key = key,
        };
}
