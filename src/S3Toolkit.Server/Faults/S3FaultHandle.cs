using S3Toolkit.Server.Faults;

namespace S3Toolkit.Server;

/// <summary>A rule that was added to a server's faults. Disposing takes it back.</summary>
public sealed class S3FaultHandle : IDisposable
{
    private readonly S3FaultPlan _plan;
    private readonly string _ruleText;
    private readonly int _twin;
    private readonly AttemptCounter _attempts = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _matches;
    private int _strikes;

    internal S3FaultHandle(S3FaultPlan plan, S3FaultRule rule, int twin)
    {
        _plan = plan;
        Rule = rule;
        _ruleText = rule.ToString();
        _twin = twin;
    }

    /// <summary>How many requests the fault befell.</summary>
    public int StrikeCount => Volatile.Read(ref _strikes);

    /// <summary>The rule that was added.</summary>
    public S3FaultRule Rule { get; }

    internal S3Fault Fault => Rule.Fault;

    internal Task Released => _released.Task;

    /// <summary>Lets bodies that this rule stalled go on, for good.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Takes the rule back and lets stalled bodies go on.</summary>
    public void Dispose()
    {
        _plan.Remove(this);
        Release();
    }

    internal bool Strikes(FaultSubject subject)
    {
        if (!IsMatch(subject) || !IsDrawn(subject)) return false;
        int match = Interlocked.Increment(ref _matches) - 1 - Rule.SkipRequests;
        if (match < 0 || match % Rule.EveryNth != 0) return false;
        if (Rule.MaxRequests is { } limit && match / Rule.EveryNth >= limit) return false;
        Interlocked.Increment(ref _strikes);
        return true;
    }

    private bool IsMatch(FaultSubject subject) =>
        (Rule.Operation is null || Rule.Operation == subject.Operation)
        && (Rule.PartNumber is null || Rule.PartNumber == subject.PartNumber)
        && (Rule.BucketName is null || Glob.IsMatch(Rule.BucketName, subject.BucketName))
        && (Rule.Key is null || Glob.IsMatch(Rule.Key, subject.Key));

    private bool IsDrawn(FaultSubject subject)
    {
        if (!Rule.DependsOnAttempt) return true;
        int attempt = _attempts.Next(subject);
        if (attempt < Rule.FromAttempt || attempt > Rule.ToAttempt) return false;
        return Rule.Probability >= 1 || FaultLot.Draw(_plan.Seed, _ruleText, _twin, subject, attempt) < Rule.Probability;
    }
}
