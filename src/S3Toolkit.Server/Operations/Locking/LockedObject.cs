using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Locking;

/// <summary>The version whose lock is read or changed.</summary>
internal static class LockedObject
{
    public static async ValueTask<ObjectRecord> FindAsync(OperationContext context, CancellationToken cancellationToken)
    {
        if (!context.Bucket!.ObjectLock) throw S3Errors.NoObjectLockOfBucket().ToException();
        return await ObjectFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes the lock in one step with the judgement of what it was, which <paramref name="change"/> throws.</summary>
    public static async ValueTask<S3Response> ChangeAsync(
        OperationContext context, Func<ObjectLockRecord, ObjectLockRecord> change, CancellationToken cancellationToken)
    {
        ObjectRecord found = await FindAsync(context, cancellationToken).ConfigureAwait(false);
        ObjectRecord changed = await ObjectChange.ApplyAsync(
            context, found, record => (record with { Lock = change(record.Lock ?? new ObjectLockRecord()) }).ReplicatedAgain(context),
            cancellationToken).ConfigureAwait(false);
        context.Server.Events.Queue(context.Bucket!, changed);
        return S3Response.Ok();
    }
}
