namespace S3Toolkit.Transfers;

/// <summary>
/// Ends a read when no byte comes for too long, or when its caller gives up. One timer and one source serve all reads until one of them
/// was ended, so a read costs no allocation.
/// </summary>
internal sealed class ReadWatch(TimeSpan inactivityTimeout, TimeProvider timeProvider) : IDisposable
{
    private CancellationTokenSource _source = New(timeProvider);

    /// <summary>Reads under watch.</summary>
    /// <exception cref="TimeoutException">No byte came in time.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; it carries the caller's token.</exception>
    public async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_source.IsCancellationRequested)
        {
            _source.Dispose();
            _source = New(timeProvider);
        }

        var source = _source;
        var read = body.ReadAsync(buffer, source.Token);
        // What has come with the answer's head is there at once, and needs no watch.
        return read.IsCompletedSuccessfully ? read.Result : await WaitAsync(read, source, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<int> WaitAsync(ValueTask<int> read, CancellationTokenSource source, CancellationToken cancellationToken)
    {
        source.CancelAfter(inactivityTimeout);
        var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception error) when (source.IsCancellationRequested)
        {
            if (cancellationToken.IsCancellationRequested) throw new OperationCanceledException(error.Message, error, cancellationToken);
            throw new TimeoutException(FormattableString.Invariant($"no byte came for {inactivityTimeout.TotalSeconds:0.###} s"), error);
        }
        finally
        {
            // Waits for a callback that is under way, so that it cannot hit the next read.
            await registration.DisposeAsync().ConfigureAwait(false);
            if (!source.IsCancellationRequested) source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _source.Dispose();

    private static CancellationTokenSource New(TimeProvider timeProvider) => new(Timeout.InfiniteTimeSpan, timeProvider);
}
