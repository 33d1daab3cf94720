namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>A write that waits for its transaction. It may be applied more than once, but is only committed once.</summary>
internal abstract class PendingWrite
{
    public abstract void Apply(WriteTransaction transaction);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <summary>A write and its result.</summary>
internal sealed class PendingWrite<T>(Func<WriteTransaction, T> work) : PendingWrite
{
    // The loop that completes it must get on with the next transaction.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Apply(WriteTransaction transaction) => _result = work(transaction);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
