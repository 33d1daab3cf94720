using S3Toolkit.Server.Faults;
using S3Toolkit.Server.Operations.Catalog;

namespace S3Toolkit.Server;

/// <summary>
/// Which requests a fault befalls. What is not said matches everything. <see cref="FromAttempt"/>, <see cref="ToAttempt"/> and
/// <see cref="Probability"/> look at the request alone, so that concurrent requests meet the same faults in whatever order they come;
/// <see cref="SkipRequests"/>, <see cref="MaxRequests"/> and <see cref="EveryNth"/> count in the order of arrival.
/// </summary>
public sealed record S3FaultRule
{
    /// <summary>What goes wrong.</summary>
    public required S3Fault Fault { get; init; }

    /// <summary>AWS's name of the operation, such as <c>GetObject</c>; null matches all.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? Operation { get; init; }

    /// <summary>The bucket's name, with <c>*</c> (any run) and <c>?</c> (any character); null matches all.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? BucketName { get; init; }

    /// <summary>The key, with <c>*</c> (any run, slashes too) and <c>?</c> (any character); null matches all.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? Key { get; init; }

    /// <summary>The part number; null matches all, and requests without one.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public int? PartNumber { get; init; }

    /// <summary>
    /// The first attempt that the fault strikes, counted from 1. Requests are attempts at the same thing when their operation, bucket, key
    /// and part number are the same; counting begins when the rule is added.
    /// </summary>
    /// <value>The default value is 1.</value>
    public int FromAttempt { get; init; } = 1;

    /// <summary>The last attempt that the fault strikes, counted as for <see cref="FromAttempt"/>; null for no end.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public int? ToAttempt { get; init; }

    /// <summary>
    /// How likely the fault strikes a request that matches, above 0 and up to 1. Which ones it strikes follows from the plan's
    /// <see cref="S3FaultPlan.Seed"/>, the rule, and the request's operation, bucket, key, part number and attempt.
    /// </summary>
    /// <value>The default value is 1.</value>
    public double Probability { get; init; } = 1;

    /// <summary>So many matching requests are spared before the fault strikes.</summary>
    /// <value>The default value is 0.</value>
    public int SkipRequests { get; init; }

    /// <summary>The fault strikes at most so often; null for always.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public int? MaxRequests { get; init; }

    /// <summary>Of the matching requests after <see cref="SkipRequests"/>, the fault strikes the first and then every n-th.</summary>
    /// <value>The default value is 1.</value>
    public int EveryNth { get; init; } = 1;

    /// <summary>Whether attempts have to be counted at all.</summary>
    internal bool DependsOnAttempt => FromAttempt > 1 || ToAttempt is not null || Probability < 1;

    /// <summary>Writes the rule as <see cref="S3FaultPlan.Parse"/> reads it, on one line.</summary>
    /// <returns>Such as <c>GetObject key=dir/* probability=0.1 -> SlowBody 1000</c>.</returns>
    public override string ToString() => RuleText.Write(this);

    internal void Validate()
    {
        if (Operation is not null) OperationCatalog.RequireName(Operation);
        ArgumentOutOfRangeException.ThrowIfLessThan(FromAttempt, 1);
        if (ToAttempt is { } last) ArgumentOutOfRangeException.ThrowIfLessThan(last, FromAttempt, nameof(ToAttempt));
        if (!(Probability is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Probability), Probability, "A probability is above 0 and at most 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(EveryNth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(SkipRequests);
    }
}
