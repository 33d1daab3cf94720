namespace S3Toolkit.Transfers;

/// <summary>
/// Adds up acknowledged bytes and tells them on: one report at a time, and never a smaller number than before. What the listener throws is
/// told once and goes no further: by then the bytes are where they belong, whatever he thinks of it.
/// </summary>
/// <param name="progress">The listener; null for none.</param>
/// <param name="totalBytes">How many bytes there will be; null when that shows only at the end.</param>
/// <param name="failed">Is told the first exception of the listener.</param>
internal sealed class ProgressMeter(IProgress<TransferProgress>? progress, long? totalBytes, Action<Exception>? failed)
{
    private readonly Lock _lock = new();
    private long _done;
    private bool _reportedTotal;
    private bool _hasFailed;

    public void Add(long bytes)
    {
        if (progress is null) return;
        // The report is inside the lock, or a smaller number could overtake a larger one.
        lock (_lock)
        {
            _done += bytes;
            _reportedTotal = totalBytes == _done;
            Report(progress, totalBytes);
        }
    }

    /// <summary>Says that all is done, unless the last report said so.</summary>
    public void Finish()
    {
        if (progress is null) return;
        lock (_lock)
        {
            if (_reportedTotal) return;
            _reportedTotal = true;
            Report(progress, _done);
        }
    }

    private void Report(IProgress<TransferProgress> listener, long? total)
    {
        try
        {
            listener.Report(new TransferProgress(_done, total));
        }
        catch (Exception error)
        {
            if (!_hasFailed) failed?.Invoke(error);
            _hasFailed = true;
        }
    }
}
