using S3Toolkit.Server.Faults;
using S3Toolkit.Server.Operations.Catalog;

namespace S3Toolkit.Server;

/// <summary>
/// The faults of a server, matched in the order in which they were added. Thread-safe; changes hold for requests that arrive later.
/// </summary>
public sealed class S3FaultPlan
{
    private readonly Lock _gate = new();
    private S3FaultHandle[] _rules = [];

    internal S3FaultPlan()
    {
    }

    /// <summary>Adds a rule.</summary>
    /// <param name="rule">Which requests, and what goes wrong.</param>
    /// <returns>Tells how often the fault struck, lets stalled bodies go on, and takes the rule back.</returns>
    /// <exception cref="ArgumentException">The rule names an operation that S3 has not, or numbers below their least.</exception>
    public S3FaultHandle Add(S3FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Operation is not null) OperationCatalog.RequireName(rule.Operation);
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.EveryNth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rule.SkipRequests);
        S3FaultHandle handle = new(this, rule);
        lock (_gate) _rules = [.. _rules, handle];
        return handle;
    }

    /// <summary>Takes all rules back and lets stalled bodies go on.</summary>
    public void Clear()
    {
        S3FaultHandle[] old;
        lock (_gate)
        {
            old = _rules;
            _rules = [];
        }
        foreach (S3FaultHandle handle in old) handle.Release();
    }

    internal void Remove(S3FaultHandle handle)
    {
        lock (_gate) _rules = [.. _rules.Where(item => item != handle)];
    }

    internal FaultSet Match(string operation, string bucketName, string key, int? partNumber)
    {
        S3FaultHandle[] rules = Volatile.Read(ref _rules);
        if (rules.Length == 0) return FaultSet.None;
        List<S3FaultHandle>? struck = null;
        foreach (S3FaultHandle handle in rules)
        {
            if (handle.Strikes(operation, bucketName, key, partNumber)) (struck ??= []).Add(handle);
        }
        return struck is null ? FaultSet.None : new FaultSet(struck);
    }
}
