namespace S3Toolkit.Transfers;

/// <summary>Adds up acknowledged bytes and tells them on: one report at a time, and never a smaller number than before.</summary>
internal sealed class ProgressMeter(IProgress<TransferProgress>? progress, long? totalBytes)
{
    private readonly Lock _lock = new();
    private long _done;
    private bool _reportedTotal;

    public void Add(long bytes)
    {
        if (progress is null) return;
        // The report is inside the lock, or a smaller number could overtake a larger one.
        lock (_lock)
        {
            _done += bytes;
            _reportedTotal = totalBytes == _done;
            progress.Report(new TransferProgress(_done, totalBytes));
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
            progress.Report(new TransferProgress(_done, _done));
        }
    }
}
