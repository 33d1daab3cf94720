using System.Runtime.ExceptionServices;

namespace S3Toolkit.Transfers;

/// <summary>
/// Moves parts side by side: one is prepared while others are on their way. The first failure stops all, and is what is thrown once
/// the others have ended.
/// </summary>
internal sealed class ParallelParts<TPart>
    where TPart : class
{
    private readonly Func<TPart, CancellationToken, Task> _send;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stop;
    private ExceptionDispatchInfo? _failure;

    private ParallelParts(Func<TPart, CancellationToken, Task> send, SemaphoreSlim slots, CancellationTokenSource stop) =>
        (_send, _slots, _stop) = (send, slots, stop);

    /// <summary>Sends all parts. A part that can be disposed is, when it was sent or given up.</summary>
    /// <returns>The parts, by number.</returns>
    public static async Task<IReadOnlyList<UploadedPart>> RunAsync(
        Func<CancellationToken, ValueTask<TPart?>> next,
        Func<TPart, CancellationToken, Task<UploadedPart>> send,
        int maxConcurrency,
        CancellationToken cancellationToken)
    {
        var sent = new List<UploadedPart>();
        await ForEachAsync(
            next,
            async (part, token) =>
            {
                var done = await send(part, token).ConfigureAwait(false);
                lock (sent) sent.Add(done);
            },
            maxConcurrency,
            cancellationToken).ConfigureAwait(false);
        sent.Sort(static (left, right) => left.PartNumber.CompareTo(right.PartNumber));
        return sent;
    }

    /// <summary>Moves all parts. A part that can be disposed is, when it was moved or given up.</summary>
    public static async Task ForEachAsync(
        Func<CancellationToken, ValueTask<TPart?>> next,
        Func<TPart, CancellationToken, Task> move,
        int maxConcurrency,
        CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(maxConcurrency);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await new ParallelParts<TPart>(move, slots, stop).RunAsync(next).ConfigureAwait(false);
    }

    private async Task RunAsync(Func<CancellationToken, ValueTask<TPart?>> next)
    {
        var running = new List<Task>();
        try
        {
            while (await next(_stop.Token).ConfigureAwait(false) is { } part)
            {
                running.RemoveAll(static task => task.IsCompleted);
                await WaitForSlotAsync(part).ConfigureAwait(false);
                running.Add(SendAsync(part));
            }
        }
        catch (Exception error)
        {
            Fail(error);
        }

        await Task.WhenAll(running).ConfigureAwait(false);
        _failure?.Throw();
    }

    private async Task WaitForSlotAsync(TPart part)
    {
        try
        {
            await _slots.WaitAsync(_stop.Token).ConfigureAwait(false);
        }
        catch
        {
            (part as IDisposable)?.Dispose();
            throw;
        }
    }

    private async Task SendAsync(TPart part)
    {
        try
        {
            await _send(part, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fail(error);
        }
        finally
        {
            (part as IDisposable)?.Dispose();
            _slots.Release();
        }
    }

    private void Fail(Exception error)
    {
        // Only the first is the cause: the others fail because of the stop that follows it.
        if (Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null) is null) _stop.Cancel();
    }
}
