namespace S3Toolkit;

/// <summary>What sends the requests that move data.</summary>
public enum S3TransportMode
{
    /// <summary>The library itself, wherever it knows the credentials; else the AWS SDK.</summary>
    Auto,

    /// <summary>The AWS SDK, for all requests.</summary>
    Sdk,
}
