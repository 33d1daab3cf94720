using System.Collections.Concurrent;

namespace S3Toolkit.Conformance;

/// <summary>Keeps every report, in order; <see cref="Progress{T}"/> would post them to another thread.</summary>
public sealed class RecordingProgress : IProgress<TransferProgress>
{
    private readonly ConcurrentQueue<TransferProgress> _reports = new();

    /// <summary>The reports so far.</summary>
    public IReadOnlyList<TransferProgress> Reports => [.. _reports];

    public void Report(TransferProgress value) => _reports.Enqueue(value);
}
