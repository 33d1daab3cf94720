using S3Toolkit.Server.Faults;

namespace S3Toolkit.Server;

/// <summary>
/// The faults of a server, matched in the order in which they were added. Thread-safe; changes hold for requests that arrive later.
/// A plan is text, too: <see cref="ToString"/> prints it, seed included, and <see cref="Parse"/> reads it back.
/// Faults strike requests to S3's operations; visits to a bucket as a web site are none, and are not struck.
/// </summary>
public sealed class S3FaultPlan
{
    private readonly Lock _gate = new();
    private S3FaultHandle[] _rules = [];
    private long _seed;

    /// <summary>Makes a plan without rules, to be given to a server as <see cref="S3ServerOptions.Faults"/>.</summary>
    /// <param name="seed">The value of <see cref="Seed"/>.</param>
    public S3FaultPlan(long seed = 0) => _seed = seed;

    /// <summary>
    /// What rules with a <see cref="S3FaultRule.Probability"/> draw their lots by. The same seed gives the same faults, whatever the order
    /// in which requests arrive.
    /// </summary>
    /// <value>The default value is 0.</value>
    public long Seed
    {
        get => Interlocked.Read(ref _seed);
        set => Interlocked.Exchange(ref _seed, value);
    }

    /// <summary>The rules, in the order in which they were added.</summary>
    public IReadOnlyList<S3FaultRule> Rules => [.. Volatile.Read(ref _rules).Select(static handle => handle.Rule)];

    /// <summary>
    /// Reads a plan: a line for each rule, as <see cref="ToString"/> writes them; empty lines and # comments are skipped.
    /// </summary>
    /// <param name="text">
    /// Such as <c>seed 42</c>, then <c>GetObject bucket=b key=dir/* part=2 attempt=1..3 probability=0.1 -> SlowDown retryAfter=1s</c>, or
    /// <c>* -> Delay 250ms</c>. Values with spaces stand in quotation marks.
    /// </param>
    /// <returns>The plan, for <see cref="S3ServerOptions.Faults"/>.</returns>
    /// <exception cref="FormatException">A line cannot be understood; the message names it.</exception>
    public static S3FaultPlan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PlanText.Parse(text);
    }

    /// <summary>Adds a rule.</summary>
    /// <param name="rule">Which requests, and what goes wrong.</param>
    /// <returns>Tells how often the fault struck, lets stalled bodies go on, and takes the rule back.</returns>
    /// <exception cref="ArgumentException">The rule names an operation that S3 has not, or numbers out of their range.</exception>
    public S3FaultHandle Add(S3FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rule.Validate();
        lock (_gate)
        {
            // Two rules that read the same must not draw the same lots.
            int twins = _rules.Count(item => item.Rule == rule);
            S3FaultHandle handle = new(this, rule, twins);
            _rules = [.. _rules, handle];
            return handle;
        }
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

    /// <summary>Writes the seed and one line for each rule, as <see cref="Parse"/> reads them.</summary>
    /// <returns>The plan as text.</returns>
    public override string ToString() => PlanText.Write(this);

    /// <summary>The same seed and rules, with nothing counted yet.</summary>
    internal S3FaultPlan Copy()
    {
        S3FaultPlan copy = new(Seed);
        foreach (S3FaultRule rule in Rules) copy.Add(rule);
        return copy;
    }

    internal void Remove(S3FaultHandle handle)
    {
        lock (_gate) _rules = [.. _rules.Where(item => item != handle)];
    }

    internal FaultSet Match(FaultSubject subject)
    {
        S3FaultHandle[] rules = Volatile.Read(ref _rules);
        if (rules.Length == 0) return FaultSet.None;
        List<S3FaultHandle>? struck = null;
        foreach (S3FaultHandle handle in rules)
        {
            if (handle.Strikes(subject)) (struck ??= []).Add(handle);
        }
        return struck is null ? FaultSet.None : new FaultSet(struck);
    }
}
