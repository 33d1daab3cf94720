namespace S3Toolkit.Server.Access.Policies;

/// <summary>A statement: whom it is about, what, where and when, and whether that is allowed or denied.</summary>
internal sealed record PolicyStatement
{
    public string? Sid { get; init; }

    public required bool IsAllow { get; init; }

    public required IReadOnlyList<PolicyPrincipal> Principals { get; init; }

    /// <summary>NotPrincipal: everybody but these.</summary>
    public bool ExceptPrincipals { get; init; }

    public required IReadOnlyList<PolicyPattern> Actions { get; init; }

    /// <summary>NotAction: everything but these.</summary>
    public bool ExceptActions { get; init; }

    public required IReadOnlyList<PolicyPattern> Resources { get; init; }

    /// <summary>NotResource: everywhere but there.</summary>
    public bool ExceptResources { get; init; }

    /// <summary>All must hold.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    public bool Applies(PolicyRequest request)
    {
        if (AnyAction(request) == ExceptActions) return false;
        if (AnyPrincipal(request) == ExceptPrincipals) return false;
        if (AnyResource(request) == ExceptResources) return false;
        foreach (PolicyCondition condition in Conditions)
        {
            if (!condition.Holds(request.Values)) return false;
        }
        return true;
    }

    private bool AnyAction(PolicyRequest request)
    {
        foreach (PolicyPattern action in Actions)
        {
            if (action.Matches(request.Action, request.Values, ignoreCase: true)) return true;
        }
        return false;
    }

    private bool AnyPrincipal(PolicyRequest request)
    {
        foreach (PolicyPrincipal principal in Principals)
        {
            if (principal.Includes(request.Caller)) return true;
        }
        return false;
    }

    private bool AnyResource(PolicyRequest request)
    {
        foreach (PolicyPattern resource in Resources)
        {
            if (resource.Matches(request.Resource, request.Values)) return true;
        }
        return false;
    }
}
