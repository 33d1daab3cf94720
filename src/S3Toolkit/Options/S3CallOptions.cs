namespace S3Toolkit;

/// <summary>What the options of all calls have in common.</summary>
public abstract record S3CallOptions
{
    private protected S3CallOptions()
    {
    }

    /// <summary>The account that must own the bucket; the server refuses with 403 otherwise.</summary>
    /// <value>The default is null: no check.</value>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>Set by <c>CustomizeSdkRequest</c>: the last word on the SDK's request object before it is sent.</summary>
    internal Action<object>? SdkRequestCustomizer { get; init; }
}
