namespace S3Toolkit.Server.Access.Policies;

/// <summary>How a condition reads a key that may have several values.</summary>
internal enum PolicyQuantifier
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>ForAnyValue: one of the request's values is enough.</summary>
    Any,

    /// <summary>ForAllValues: all of them must meet it; when there is none, they do.</summary>
    All,
}

/// <summary>A condition: an operator, the key that it looks at, and the values that it compares with.</summary>
internal sealed record PolicyCondition
{
    public required ConditionOperator Operator { get; init; }

    public PolicyQuantifier Quantifier { get; init; }

    /// <summary>...IfExists: it holds when the request has nothing of the key.</summary>
    public bool IsIfExists { get; init; }

    public required string Key { get; init; }

    public required IReadOnlyList<ConditionValue> Values { get; init; }

    public bool Holds(PolicyValues request)
    {
        IReadOnlyList<string>? actual = request(Key);
        if (Operator.Kind == ConditionKind.Null) return Values.Any(value => value.IsTrue == (actual is null));
        if (actual is null or { Count: 0 }) return HoldsWithout();
        return Quantifier switch
        {
            PolicyQuantifier.All => actual.All(value => IsMet(value, request)),
            PolicyQuantifier.Any => actual.Any(value => IsMet(value, request)),
            // A negated operator must hold for each of the values that a key with one value has after all.
            _ => Operator.IsNegated ? actual.All(value => IsMet(value, request)) : actual.Any(value => IsMet(value, request)),
        };
    }

    /// <summary>A key that is not there is unlike whatever it is compared with.</summary>
    private bool HoldsWithout() => IsIfExists || Quantifier switch
    {
        PolicyQuantifier.All => true,
        PolicyQuantifier.Any => false,
        _ => Operator.IsNegated,
    };

    private bool IsMet(string actual, PolicyValues request)
    {
        bool isMatch = false;
        foreach (ConditionValue value in Values)
        {
            if (isMatch = Operator.Matches(actual, value, request)) break;
        }
        return isMatch != Operator.IsNegated;
    }
}
