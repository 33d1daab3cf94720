namespace S3Toolkit.Server.Access.Policies;

/// <summary>The policy of a bucket, read and found well-formed.</summary>
internal sealed record PolicyDocument
{
    /// <summary>The version that has variables.</summary>
    public const string CurrentVersion = "2012-10-17";

    /// <summary>What a policy that names none has.</summary>
    public const string FirstVersion = "2008-10-17";

    public string Version { get; init; } = FirstVersion;

    public string? Id { get; init; }

    public required IReadOnlyList<PolicyStatement> Statements { get; init; }

    /// <summary>A deny beats every allow; what no statement is about is left to others to decide.</summary>
    public PolicyDecision Decide(PolicyRequest request)
    {
        PolicyDecision decision = PolicyDecision.None;
        foreach (PolicyStatement statement in Statements)
        {
            if (decision == PolicyDecision.Allow && statement.IsAllow) continue;
            if (!statement.Applies(request)) continue;
            if (!statement.IsAllow) return PolicyDecision.Deny;
            decision = PolicyDecision.Allow;
        }
        return decision;
    }
}
