namespace S3Toolkit.Server;

/// <summary>Which requests a fault befalls. What is not said matches everything.</summary>
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

    /// <summary>So many matching requests are spared before the fault strikes.</summary>
    /// <value>The default value is 0.</value>
    public int SkipRequests { get; init; }

    /// <summary>The fault strikes at most so often; null for always.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public int? MaxRequests { get; init; }

    /// <summary>Of the matching requests after <see cref="SkipRequests"/>, the fault strikes the first and then every n-th.</summary>
    /// <value>The default value is 1.</value>
    public int EveryNth { get; init; } = 1;
}
