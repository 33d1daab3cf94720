namespace S3Toolkit.Tests.Transfers;

/// <summary>A stream that delivers some bytes and then nothing, until the read is cancelled or for ever.</summary>
internal sealed class StalledStream(int deliveredBytes, bool looksAtItsToken = true) : ReadOnlyStream
{
    private int _left = deliveredBytes;

    public TaskCompletionSource Stalled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Only asynchronous reads.");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left > 0)
        {
            var count = Math.Min(_left, buffer.Length);
            _left -= count;
            return count;
        }

        Stalled.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, looksAtItsToken ? cancellationToken : CancellationToken.None);
        return 0;
    }
}
