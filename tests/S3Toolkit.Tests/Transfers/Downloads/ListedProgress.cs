using System.Collections.Concurrent;

namespace S3Toolkit.Tests.Transfers.Downloads;

/// <summary>Keeps what it was told.</summary>
internal sealed class ListedProgress : IProgress<TransferProgress>
{
    public ConcurrentQueue<TransferProgress> Reports { get; } = new();

    public void Report(TransferProgress value) => Reports.Enqueue(value);
}
