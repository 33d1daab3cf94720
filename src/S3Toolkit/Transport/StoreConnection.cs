using Amazon.S3;

namespace S3Toolkit.Transport;

/// <summary>Connects a store on its first call, since where to may be known only then. A failure is not remembered.</summary>
internal sealed class StoreConnection(Func<CancellationToken, ValueTask<S3Wire>> connect) : IDisposable
{
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private volatile S3Wire? _wire;
    private volatile bool _disposed;

    /// <summary>A connection that need not be made.</summary>
    public StoreConnection(S3Wire wire)
        : this(_ => new ValueTask<S3Wire>(wire)) => _wire = wire;

    /// <summary>The SDK's client, once the store is connected.</summary>
    public IAmazonS3? Client => _wire?.Clients.First;

    public ValueTask<S3Wire> GetAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IBucketStore));
        return _wire is { } wire ? new(wire) : new(ConnectAsync(cancellationToken));
    }

    public void Dispose()
    {
        _disposed = true;
        _wire?.Dispose();
    }

    private async Task<S3Wire> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(IBucketStore));
            var wire = _wire ??= await connect(cancellationToken).ConfigureAwait(false);
            // Disposed while it connected: nobody else will.
            if (_disposed) wire.Dispose();
            return wire;
        }
        finally
        {
            _connecting.Release();
        }
    }
}
