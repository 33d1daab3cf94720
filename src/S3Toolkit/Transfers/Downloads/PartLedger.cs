namespace S3Toolkit.Transfers.Downloads;

/// <summary>What a part amounts to, as it was computed while its bytes passed.</summary>
/// <param name="Function">The function; null when nothing was computed.</param>
/// <param name="Crc">The value.</param>
internal readonly record struct PartValue(ChecksumFunction? Function, ulong Crc);

/// <summary>Which parts of a download are in its file, and what they amount to. Safe for concurrent use.</summary>
internal sealed class PartLedger
{
    private readonly TaskCompletionSource<PartValue>[] _parts;
    private int _next;

    public PartLedger(int partCount)
    {
        _parts = new TaskCompletionSource<PartValue>[partCount];
        for (var i = 0; i < partCount; i++) _parts[i] = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public int PartCount => _parts.Length;

    public int DoneCount => _parts.Count(static part => part.Task.IsCompleted);

    public bool IsComplete => DoneCount == PartCount;

    public bool IsDone(int index) => _parts[index].Task.IsCompleted;

    public void Finish(int index, PartValue value) => _parts[index].TrySetResult(value);

    /// <summary>Ends when the part is there.</summary>
    public Task<PartValue> WaitAsync(int index, CancellationToken cancellationToken) => _parts[index].Task.WaitAsync(cancellationToken);

    /// <summary>The next part that is missing and that nobody has taken; null after the last. One caller at a time.</summary>
    public int? TakeMissing()
    {
        while (_next < _parts.Length)
        {
            var index = _next++;
            if (!IsDone(index)) return index;
        }

        return null;
    }
}
