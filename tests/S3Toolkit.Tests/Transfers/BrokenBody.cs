namespace S3Toolkit.Tests.Transfers;

/// <summary>A body that breaks after some bytes: with an exception, with an early end, or by never bringing another byte.</summary>
internal sealed class BrokenBody(byte[] bytes, int breaksAfter, Exception? failure = null, bool hangs = false) : ReadOnlyStream
{
    private int _position;

    public TaskCompletionSource Hanging { get; } = new();

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Only asynchronous reads.");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var count = Math.Min(Math.Min(buffer.Length, 100), breaksAfter - _position);
        if (count <= 0)
        {
            if (failure is not null) throw failure;
            if (!hangs) return 0;
            Hanging.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        bytes.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
