using System.Runtime.ExceptionServices;

namespace S3Toolkit.Streams;

/// <summary>
/// Does numbered work, some of it at once. The first failure stops all, and is what is thrown once the others have ended.
/// </summary>
internal static class SideBySide
{
    public static async Task RunAsync(
        int count, int maxConcurrency, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        var workers = new Task[Math.Min(count, maxConcurrency)];
        for (var index = 0; index < workers.Length; index++) workers[index] = WorkAsync();
        await Task.WhenAll(workers).ConfigureAwait(false);
        // The work ran under a token of its own; the caller knows only his.
        if (failure is not null) cancellationToken.ThrowIfCancellationRequested();
        failure?.Throw();

        async Task WorkAsync()
        {
            try
            {
                while (!stop.IsCancellationRequested && Interlocked.Increment(ref next) is var index && index < count)
                    await work(index, stop.Token).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                if (Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null) is null)
                    await stop.CancelAsync().ConfigureAwait(false);
            }
        }
    }
}
