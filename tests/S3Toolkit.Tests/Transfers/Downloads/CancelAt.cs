namespace S3Toolkit.Tests.Transfers.Downloads;

/// <summary>Cancels once so many bytes have come.</summary>
internal sealed class CancelAt(CancellationTokenSource source, long bytes) : IProgress<TransferProgress>
{
    public void Report(TransferProgress value)
    {
        if (value.TransferredBytes >= bytes) source.Cancel();
    }
}
