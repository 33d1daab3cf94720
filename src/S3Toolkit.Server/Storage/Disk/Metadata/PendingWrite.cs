using S3Toolkit.Server.Storage.Disk.Bodies;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>A write that waits for its transaction. It may be applied more than once, but is only committed once.</summary>
/// <param name="staged">The body that it makes visible; null when it has none.</param>
internal abstract class PendingWrite(DiskStagedBody? staged)
{
    /// <summary>The file that an object or a part has once this is committed.</summary>
    public string? File => staged?.FileName;

    /// <summary>A commit of this was begun and failed: the next start may find it done.</summary>
    public bool IsInDoubt { get; set; }

    public abstract void Apply(WriteTransaction transaction);

    public abstract void Complete();

    public abstract void Fail(Exception exception);

    /// <summary>Its file must not go with the request that failed.</summary>
    public void KeepFile() => staged?.Keep();
}

/// <summary>A write and its result.</summary>
internal sealed class PendingWrite<T>(Func<WriteTransaction, T> work, DiskStagedBody? staged) : PendingWrite(staged)
{
    // The loop that completes it must get on with the next transaction.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Apply(WriteTransaction transaction) => _result = work(transaction);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
