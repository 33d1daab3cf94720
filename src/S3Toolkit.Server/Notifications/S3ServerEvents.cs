using System.Collections.Immutable;

namespace S3Toolkit.Server;

/// <summary>
/// What happens to objects, for code in the same process: every event of every bucket, whether or not a bucket is configured to tell of
/// it; <see cref="S3ObjectEvent.ConfigurationIds"/> says which configurations it would have gone to. Costs nothing while nobody listens.
/// </summary>
/// <example>
/// <code>
/// using S3EventListener events = server.Events.Listen();
/// await client.PutObjectAsync(request);
/// S3ObjectEvent created = await events.NextAsync();
/// </code>
/// </example>
public sealed class S3ServerEvents
{
    private ImmutableArray<S3EventListener> _listeners = [];

    internal S3ServerEvents()
    {
    }

    /// <summary>Listens from now on.</summary>
    /// <param name="capacity">The events that wait to be read, at least 1; more push out the oldest.</param>
    /// <returns>The listener. Dispose it to stop.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    public S3EventListener Listen(int capacity = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        S3EventListener listener = new(this, capacity);
        ImmutableInterlocked.Update(ref _listeners, static (all, added) => all.Add(added), listener);
        return listener;
    }

    internal bool IsHeard => !_listeners.IsEmpty;

    internal void Add(S3ObjectEvent item)
    {
        foreach (S3EventListener listener in _listeners) listener.Add(item);
    }

    internal void Remove(S3EventListener listener) =>
        ImmutableInterlocked.Update(ref _listeners, static (all, gone) => all.Remove(gone), listener);

    internal void Close()
    {
        foreach (S3EventListener listener in _listeners) listener.Close();
    }
}
