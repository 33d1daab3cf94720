using S3Toolkit.Server.Faults;

namespace S3Toolkit.Server;

/// <summary>A rule that was added to a server's faults. Disposing takes it back.</summary>
public sealed class S3FaultHandle : IDisposable
{
    private readonly S3FaultPlan _plan;
    private readonly S3FaultRule _rule;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _matches;
    private int _strikes;

    internal S3FaultHandle(S3FaultPlan plan, S3FaultRule rule)
    {
        _plan = plan;
        _rule = rule;
    }

    /// <summary>How many requests the fault befell.</summary>
    public int StrikeCount => Volatile.Read(ref _strikes);

    internal S3Fault Fault => _rule.Fault;

    internal Task Released => _released.Task;

    /// <summary>Lets bodies that this rule stalled go on, for good.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Takes the rule back and lets stalled bodies go on.</summary>
    public void Dispose()
    {
        _plan.Remove(this);
        Release();
    }

    internal bool Strikes(string operation, string bucketName, string key, int? partNumber)
    {
        bool isMatch = (_rule.Operation is null || _rule.Operation == operation)
            && (_rule.PartNumber is null || _rule.PartNumber == partNumber)
            && (_rule.BucketName is null || Glob.IsMatch(_rule.BucketName, bucketName))
            && (_rule.Key is null || Glob.IsMatch(_rule.Key, key));
        if (!isMatch) return false;
        int match = Interlocked.Increment(ref _matches) - 1 - _rule.SkipRequests;
        if (match < 0 || match % _rule.EveryNth != 0) return false;
        if (_rule.MaxRequests is { } limit && match / _rule.EveryNth >= limit) return false;
        Interlocked.Increment(ref _strikes);
        return true;
    }
}
