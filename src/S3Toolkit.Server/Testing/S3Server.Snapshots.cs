using S3Toolkit.Server.Storage.Memory;

namespace S3Toolkit.Server;

/// <summary>This file: the whole state, taken and put back.</summary>
public sealed partial class S3Server
{
    /// <summary>
    /// Takes the state of the server, all of it at one moment, requests under way or not. Bodies are shared and not copied: the cost is
    /// that of the list of keys. Users, their keys and all other settings are no part of it.
    /// </summary>
    /// <returns>A snapshot that never changes.</returns>
    /// <exception cref="NotSupportedException">The server keeps its data in a folder.</exception>
    public S3ServerSnapshot Snapshot()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        // The keys after the bodies: a key is made before the first body that needs it.
        MemoryImage image = InMemory("taken").Capture();
        return new S3ServerSnapshot(image, _core.Keys.Copy(), Clock.Offset);
    }

    /// <summary>
    /// Goes back to a snapshot of this or another server: everything that came after it is gone. Requests under way find the state of
    /// before gone, or write into the restored one, as if they had come later.
    /// </summary>
    /// <param name="snapshot">The state.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the state is back.</returns>
    /// <exception cref="NotSupportedException">The server keeps its data in a folder.</exception>
    public Task RestoreAsync(S3ServerSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        MemoryStorage storage = InMemory("restored");
        return _core.Lifecycle.RestartAsync(() => Restore(storage, snapshot), cancellationToken);
    }

    /// <summary>
    /// Starts another server with the state that this one has now, and with its settings: the same users, keys, account and region. Neither
    /// sees what happens in the other. It listens when this one does, on a port of its own, and starts without faults and with an empty
    /// log.
    /// </summary>
    /// <param name="configure">Changes the settings before the start; null changes nothing.</param>
    /// <param name="cancellationToken">Ends the wait for the start.</param>
    /// <returns>The running server. Dispose it to stop it.</returns>
    /// <exception cref="NotSupportedException">The server keeps its data in a folder.</exception>
    /// <exception cref="ArgumentException">A changed setting is out of its range.</exception>
    public Task<S3Server> ForkAsync(Action<S3ServerOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        S3ServerOptions options = _core.Options.Copy();
        options.Snapshot = Snapshot();
        options.Listen = HasSocket;
        options.Port = 0;
        if (options.WebsitePort is not null) options.WebsitePort = 0;
        options.Faults = null;
        // They may have been drawn at the start.
        if (options.Users.Count == 0) (options.AccessKeyId, options.SecretAccessKey) = (AccessKeyId, SecretAccessKey);
        configure?.Invoke(options);
        return StartAsync(options, cancellationToken);
    }

    private void Restore(MemoryStorage storage, S3ServerSnapshot snapshot)
    {
        _core.Keys.Take(snapshot.Keys);
        storage.Restore(snapshot.Image);
        Clock.Advance(snapshot.ClockOffset - Clock.Offset);
        _core.Replicator.Recover();
    }

    private MemoryStorage InMemory(string verb) => _core.Storage as MemoryStorage ?? throw new NotSupportedException(
        $"Snapshots are {verb} of servers that keep their data in memory, and this one has a DataDirectory. Stop it and copy the folder "
        + "instead.");
}
