namespace S3Toolkit.Server.Storage;

/// <summary>What of a bucket's openness to everybody is refused or ignored.</summary>
internal sealed record PublicAccessBlockRecord
{
    /// <summary>AWS's default of a new bucket.</summary>
    public static readonly PublicAccessBlockRecord All = new()
    {
        BlockPublicAcls = true, IgnorePublicAcls = true, BlockPublicPolicy = true, RestrictPublicBuckets = true,
    };

    /// <summary>Access control lists that give everybody something are refused when they are put.</summary>
    public bool BlockPublicAcls { get; init; }

    /// <summary>What lists give to everybody counts for nothing.</summary>
    public bool IgnorePublicAcls { get; init; }

    /// <summary>Policies that give everybody something are refused when they are put.</summary>
    public bool BlockPublicPolicy { get; init; }

    /// <summary>A policy that gives everybody something counts for the owner's account alone.</summary>
    public bool RestrictPublicBuckets { get; init; }
}
