using S3Toolkit.Resilience;
using S3Toolkit.Streams;
using S3Toolkit.Transfers;
using S3Toolkit.Transfers.Downloads;
using S3Toolkit.Transport;

namespace S3Toolkit.Stores;

/// <summary>What a bucket store and its object stores share: one of each for a registered store.</summary>
internal sealed class StoreServices : IDisposable
{
    public StoreServices(S3Caller caller, StoreConnection connection, S3ToolkitOptions options, S3ProviderProfile profile)
    {
        (Caller, Connection, Options, Profile) = (caller, connection, options, profile);
        // A pool of its own, so that what the store keeps goes with the store.
        Pool = new BufferPool(options.MaxBufferBytes, caller.TimeProvider);
        Budget = new ByteBudget(options.MaxBufferBytes);
        Uploader = new Uploader(caller, options.Transfers, profile, Budget, Pool);
        Downloader = new FileDownloader(caller, options.Transfers, profile, Budget, Pool);
        Copier = new ObjectCopier(caller, options.Transfers, profile, ReadTagsAsync);
        Deleter = new BulkDeleter(caller, profile);
        Facts = new StoreFacts(Budget, Pool, profile);
    }

    public S3Caller Caller { get; }

    public StoreConnection Connection { get; }

    public S3ToolkitOptions Options { get; }

    public S3ProviderProfile Profile { get; }

    public BufferPool Pool { get; }

    public ByteBudget Budget { get; }

    public Uploader Uploader { get; }

    public FileDownloader Downloader { get; }

    public ObjectCopier Copier { get; }

    public BulkDeleter Deleter { get; }

    public StoreFacts Facts { get; }

    public async Task<IReadOnlyDictionary<string, string>> ReadTagsAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        var reply = await Caller.CallAsync(
            new S3Call("GetObjectTagging", address.BucketName, address.Key),
            (wire, attempt) => SdkObjects.GetTagsAsync(wire, address, attempt),
            cancellationToken).ConfigureAwait(false);
        return reply.Value;
    }

    public void Dispose()
    {
        Connection.Dispose();
        Pool.Dispose();
    }
}
