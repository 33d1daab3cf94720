using System.Collections.Frozen;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>How values are compared.</summary>
internal enum ConditionKind
{
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    NumericEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    Binary,
    IpAddress,
    Arn,
    Null,
}

/// <summary>An operator of conditions, without its quantifier and its IfExists.</summary>
internal sealed record ConditionOperator(ConditionKind Kind, bool IsNegated)
{
    private static readonly FrozenDictionary<string, ConditionOperator> ByName = new Dictionary<string, ConditionOperator>
    {
        ["StringEquals"] = new(ConditionKind.StringEquals, false),
        ["StringNotEquals"] = new(ConditionKind.StringEquals, true),
        ["StringEqualsIgnoreCase"] = new(ConditionKind.StringEqualsIgnoreCase, false),
        ["StringNotEqualsIgnoreCase"] = new(ConditionKind.StringEqualsIgnoreCase, true),
        ["StringLike"] = new(ConditionKind.StringLike, false),
        ["StringNotLike"] = new(ConditionKind.StringLike, true),
        ["NumericEquals"] = new(ConditionKind.NumericEquals, false),
        ["NumericNotEquals"] = new(ConditionKind.NumericEquals, true),
        ["NumericLessThan"] = new(ConditionKind.NumericLessThan, false),
        ["NumericLessThanEquals"] = new(ConditionKind.NumericLessThanEquals, false),
        ["NumericGreaterThan"] = new(ConditionKind.NumericGreaterThan, false),
        ["NumericGreaterThanEquals"] = new(ConditionKind.NumericGreaterThanEquals, false),
        ["DateEquals"] = new(ConditionKind.DateEquals, false),
        ["DateNotEquals"] = new(ConditionKind.DateEquals, true),
        ["DateLessThan"] = new(ConditionKind.DateLessThan, false),
        ["DateLessThanEquals"] = new(ConditionKind.DateLessThanEquals, false),
        ["DateGreaterThan"] = new(ConditionKind.DateGreaterThan, false),
        ["DateGreaterThanEquals"] = new(ConditionKind.DateGreaterThanEquals, false),
        ["Bool"] = new(ConditionKind.Bool, false),
        ["BinaryEquals"] = new(ConditionKind.Binary, false),
        ["IpAddress"] = new(ConditionKind.IpAddress, false),
        ["NotIpAddress"] = new(ConditionKind.IpAddress, true),
        // AWS reads both alike: wildcards in either.
        ["ArnEquals"] = new(ConditionKind.Arn, false),
        ["ArnLike"] = new(ConditionKind.Arn, false),
        ["ArnNotEquals"] = new(ConditionKind.Arn, true),
        ["ArnNotLike"] = new(ConditionKind.Arn, true),
        ["Null"] = new(ConditionKind.Null, false),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether '*' and '?' are more than characters.</summary>
    public bool HasWildcards => Kind is ConditionKind.StringLike or ConditionKind.Arn;

    /// <summary>An operator as a policy names it; null when there is none of that name.</summary>
    public static ConditionOperator? Parse(string name, out PolicyQuantifier quantifier, out bool isIfExists)
    {
        const string Any = "ForAnyValue:", All = "ForAllValues:", IfExists = "IfExists";
        quantifier = name.StartsWith(Any, StringComparison.OrdinalIgnoreCase) ? PolicyQuantifier.Any
            : name.StartsWith(All, StringComparison.OrdinalIgnoreCase) ? PolicyQuantifier.All
            : PolicyQuantifier.None;
        if (quantifier != PolicyQuantifier.None) name = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        isIfExists = name.EndsWith(IfExists, StringComparison.OrdinalIgnoreCase);
        if (isIfExists) name = name[..^IfExists.Length];
        bool isNull = name.Equals("Null", StringComparison.OrdinalIgnoreCase);
        return isNull && isIfExists ? null : ByName.GetValueOrDefault(name);
    }

    /// <summary>Whether a value of the request meets one of the policy's, without the negation.</summary>
    public bool Matches(string actual, ConditionValue value, PolicyValues request) => Kind switch
    {
        ConditionKind.StringEquals or ConditionKind.StringLike => value.Pattern.Matches(actual, request),
        ConditionKind.StringEqualsIgnoreCase => value.Pattern.Matches(actual, request, ignoreCase: true),
        ConditionKind.Arn => value.Pattern.MatchesArn(actual, request),
        ConditionKind.Bool => bool.TryParse(actual, out bool flag) && flag == value.IsTrue,
        ConditionKind.Binary => actual == value.Pattern.Source,
        ConditionKind.IpAddress => value.Network is { } network && ConditionValue.ToAddress(actual) is { } address
            && network.Contains(address),
        >= ConditionKind.NumericEquals and <= ConditionKind.NumericGreaterThanEquals =>
            Compare(ConditionValue.ToNumber(actual), value.Number, Kind - ConditionKind.NumericEquals),
        >= ConditionKind.DateEquals and <= ConditionKind.DateGreaterThanEquals =>
            Compare(ConditionValue.ToTime(actual), value.Time, Kind - ConditionKind.DateEquals),
        _ => false,
    };

    /// <summary>0 to 4: equal, less, less or equal, greater, greater or equal; the order of the kinds.</summary>
    private static bool Compare<T>(T? left, T? right, int how)
        where T : struct, IComparable<T>
    {
        if (left is not { } actual || right is not { } expected) return false;
        int order = actual.CompareTo(expected);
        return how switch { 0 => order == 0, 1 => order < 0, 2 => order <= 0, 3 => order > 0, _ => order >= 0 };
    }
}
