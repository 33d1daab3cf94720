using System.Threading.Channels;

namespace S3Toolkit.Server;

/// <summary>
/// A queue of what happens to objects, from the moment it was asked for; see <see cref="S3ServerEvents.Listen"/>. Dispose it to stop.
/// </summary>
public sealed class S3EventListener : IDisposable
{
    private readonly S3ServerEvents _events;
    private readonly Channel<S3ObjectEvent> _queue;
    private long _dropped;

    internal S3EventListener(S3ServerEvents events, int capacity)
    {
        _events = events;
        _queue = Channel.CreateBounded<S3ObjectEvent>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>The events that were dropped, oldest first, because nobody read them in time.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Waits for the next event and takes it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event.</returns>
    /// <exception cref="ObjectDisposedException">The listener or its server was disposed, and everything before that was read.</exception>
    public async ValueTask<S3ObjectEvent> NextAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _queue.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException exception)
        {
            throw new ObjectDisposedException("The listener or its server was disposed.", exception);
        }
    }

    /// <summary>Takes an event if one is there.</summary>
    /// <param name="found">The event; null when there is none.</param>
    /// <returns>Whether one was there.</returns>
    public bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out S3ObjectEvent? found) => _queue.Reader.TryRead(out found);

    /// <summary>All events until the listener or its server is disposed.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The events in the order in which they were committed.</returns>
    public IAsyncEnumerable<S3ObjectEvent> ReadAllAsync(CancellationToken cancellationToken = default) =>
        _queue.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Stops to listen.</summary>
    public void Dispose()
    {
        _events.Remove(this);
        Close();
    }

    internal void Add(S3ObjectEvent item) => _queue.Writer.TryWrite(item);

    internal void Close() => _queue.Writer.TryComplete();
}
