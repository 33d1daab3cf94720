using System.Net;
using S3Toolkit.Transfers;

namespace S3Toolkit.Streams;

/// <summary>
/// One content of an object, read in as many ranges as it takes: each request is tied to the ETag that was found first. Works over any
/// <see cref="IObjectStore"/>.
/// </summary>
internal sealed class PinnedObject
{
    private readonly IObjectStore _store;
    private readonly PinnedReadOptions _options;
    private readonly ETag? _etag;
    private readonly string? _foundVersionId;
    private long _read;

    private PinnedObject(IObjectStore store, ObjectInfo info, PinnedReadOptions options)
    {
        (_store, Info, _options) = (store, info, options);
        _etag = info.ETag is { IsWeak: false } etag ? etag : default(ETag?);
        _foundVersionId = info.VersionId is { } version && version != "null" ? version : null;
    }

    public ObjectInfo Info { get; }

    public long Length => Info.SizeBytes;

    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    public static async Task<PinnedObject> FindAsync(
        IObjectStore store, string key, PinnedReadOptions options, CancellationToken cancellationToken)
    {
        var find = new FindObjectOptions
        {
            VersionId = options.VersionId,
            OnlyIfMatch = options.OnlyIfMatch,
            CustomerKey = options.CustomerKey,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            SdkRequestCustomizer = options.SdkRequestCustomizer,
        };
        var info = await store.FindAsync(key, find, cancellationToken).ConfigureAwait(false);
        return info is null ? throw Missing(store.BucketName, key) : new PinnedObject(store, info, options);
    }

    /// <summary>Opens a range, which must lie within the object.</summary>
    /// <exception cref="PreconditionFailedException">The object has another content by now.</exception>
    public async Task<ObjectReader> OpenAsync(long offset, long length, CancellationToken cancellationToken)
    {
        var reader = await AskAsync(offset, length, cancellationToken).ConfigureAwait(false);
        var refusal = Refuse(reader, offset, length);
        if (refusal is null)
        {
            Interlocked.Add(ref _read, length);
            return reader;
        }

        await reader.DisposeAsync().ConfigureAwait(false);
        throw refusal;
    }

    public static ObjectNotFoundException Missing(string bucketName, string key) => new(
        $"HeadObject on s3://{bucketName}/{key} failed: Not Found. It does not exist, or its bucket does not.", S3ErrorCode.NotFound)
    {
        StatusCode = HttpStatusCode.NotFound,
        Operation = "HeadObject",
        BucketName = bucketName,
        Key = key,
    };

    private async Task<ObjectReader> AskAsync(long offset, long length, CancellationToken cancellationToken)
    {
        var options = new GetObjectOptions
        {
            Range = ObjectRange.Of(offset, length),
            VersionId = _options.VersionId,
            OnlyIfMatch = _etag,
            CustomerKey = _options.CustomerKey,
            ExpectedBucketOwner = _options.ExpectedBucketOwner,
            SdkRequestCustomizer = _options.SdkRequestCustomizer,
        };
        try
        {
            return await _store.GetAsync(Info.Key, options, cancellationToken).ConfigureAwait(false);
        }
        catch (S3ToolkitException error)
            when (_foundVersionId is not null && options.VersionId is null
                && error is PreconditionFailedException or ObjectNotFoundException)
        {
            // Overwritten or deleted, but in a bucket that keeps versions: the one that we read is still there. Asked for only now, because
            // reading a version by its id takes a permission of its own.
            return await _store.GetAsync(Info.Key, options with { VersionId = _foundVersionId }, cancellationToken).ConfigureAwait(false);
        }
        catch (PreconditionFailedException error)
        {
            throw Changed(error);
        }
    }

    private S3ToolkitException? Refuse(ObjectReader reader, long offset, long length)
    {
        if (Info.ETag is { } etag && reader.Info.ETag is { } other && etag != other) return Changed(cause: null);
        if (reader.Range is null && offset == 0 && length == Length) return null;
        if (reader.Range is { } range && range.FirstByte == offset && range.LengthBytes == length) return null;
        var sent = reader.Range is { } wrong ? $"{wrong.FirstByte} to {wrong.LastByte}" : "all of it";
        return new S3ToolkitException(
            $"The reading of s3://{Info.BucketName}/{Info.Key} failed: the server was asked for bytes {offset} to {offset + length - 1} "
            + $"and sent {sent}.",
            S3ErrorCode.ContentCorrupted)
        {
            Operation = "GetObject",
            BucketName = Info.BucketName,
            Key = Info.Key,
        };
    }

    private PreconditionFailedException Changed(Exception? cause) =>
        ChangedObject.During(Info.BucketName, Info.Key, $"requests for {Interlocked.Read(ref _read)} bytes", cause);
}
