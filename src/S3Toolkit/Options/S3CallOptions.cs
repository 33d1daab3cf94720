namespace S3Toolkit;

/// <summary>What the options of all calls have in common.</summary>
public abstract record S3CallOptions
{
    private protected S3CallOptions()
    {
    }

    /// <summary>Set by <c>CustomizeSdkRequest</c>: the last word on the SDK's request object before it is sent.</summary>
    internal Action<object>? SdkRequestCustomizer { get; init; }
}

/// <summary>What the options of calls to a bucket that exists have in common.</summary>
public abstract record BucketCallOptions : S3CallOptions
{
    private protected BucketCallOptions()
    {
    }

    /// <summary>
    /// The account that must own the bucket; the server refuses with 403 otherwise. Each request of the call says so; of a copy, those to
    /// the destination's bucket.
    /// </summary>
    /// <value>The default is null: no check.</value>
    public string? ExpectedBucketOwner { get; init; }
}
