using System.Runtime.CompilerServices;
using S3Toolkit.Resilience;

namespace S3Toolkit.Transfers;

/// <summary>
/// Deletes any number of objects in batches that are sent side by side. Objects are read no faster than results are taken.
/// </summary>
internal sealed class BulkDeleter(S3Caller caller, S3ProviderProfile profile)
{
    // What DeleteObjects takes ("DeleteObjects", Amazon S3 API reference).
    private const int MaxBatchSize = 1000;

    // How long a source of keys may take to notice that nobody listens any more. Then it is left to close when it does.
    private static readonly TimeSpan CloseTimeLimit = TimeSpan.FromSeconds(1);

    private bool DeletesTogether => profile.SupportsDeleteMany;

    /// <exception cref="ArgumentOutOfRangeException">Size or number of the batches is out of range.</exception>
    public IAsyncEnumerable<DeleteResult> DeleteAsync(
        string bucketName, IAsyncEnumerable<ObjectIdentifier> objects, DeleteManyOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        if (options.BatchSize is < 1 or > MaxBatchSize)
            throw new ArgumentOutOfRangeException(nameof(options), options.BatchSize, $"BatchSize is 1 to {MaxBatchSize}.");
        if (options.MaxConcurrency < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxConcurrency, "MaxConcurrency is at least 1.");
        return RunAsync(bucketName, objects, options, cancellationToken);
    }

    private async IAsyncEnumerable<DeleteResult> RunAsync(
        string bucketName,
        IAsyncEnumerable<ObjectIdentifier> objects,
        DeleteManyOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var enumerator = objects.GetAsyncEnumerator(stop.Token);
        var reader = new DeleteBatchReader(enumerator, DeletesTogether ? options.BatchSize : 1);
        var batches = new DeleteBatch(caller, bucketName, options);
        Task<IReadOnlyList<ObjectIdentifier>>? reading = null;
        var running = new List<Task<IReadOnlyList<DeleteResult>>>();
        var isRead = false;
        try
        {
            while (true)
            {
                // At most one batch is read ahead, and only while there is somebody to send it.
                if (!isRead && running.Count < options.MaxConcurrency) reading ??= reader.NextAsync();
                if (reading is null && running.Count == 0) break;

                var first = await Task.WhenAny(reading is null ? running : [reading, .. running])
                    .WaitAsync(cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (first == reading)
                {
                    var batch = await reading.ConfigureAwait(false);
                    reading = null;
                    isRead = batch.Count == 0;
                    if (!isRead) running.Add(SendAsync(batches, batch, stop.Token));
                    continue;
                }

                var done = (Task<IReadOnlyList<DeleteResult>>)first;
                running.Remove(done);
                foreach (var result in await done.ConfigureAwait(false)) yield return result;
            }
        }
        finally
        {
            // The consumer left early, or something failed: what is under way ends before the source of keys is closed.
            await stop.CancelAsync().ConfigureAwait(false);
            Task ended = Task.WhenAll(running);
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await CloseAsync(enumerator, reading ?? Task.CompletedTask).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync(IAsyncEnumerator<ObjectIdentifier> objects, Task reading)
    {
        var closing = CloseAfterAsync(objects, reading);
        try
        {
            await closing.WaitAsync(CloseTimeLimit, caller.TimeProvider, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!closing.IsCompleted)
        {
            // The source does not look at its token; what it is waiting for is not worth our caller's time.
        }
    }

    // An enumerator must not be closed while it moves.
    private static async Task CloseAfterAsync(IAsyncEnumerator<ObjectIdentifier> objects, Task reading)
    {
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await objects.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<DeleteResult>> SendAsync(
        DeleteBatch batches, IReadOnlyList<ObjectIdentifier> batch, CancellationToken cancellationToken)
    {
        var together = DeletesTogether && DeleteBatchReader.FitsWithOthers(batch[0].Key);
        return together
            ? await batches.DeleteTogetherAsync(batch, cancellationToken).ConfigureAwait(false)
            : [await batches.DeleteAloneAsync(batch[0], cancellationToken).ConfigureAwait(false)];
    }
}
