namespace S3Toolkit;

/// <summary>Where the bucket's name stands in a request: in the path, or in front of the host.</summary>
public enum S3AddressingStyle
{
    /// <summary>
    /// Chosen for each bucket: what the provider's profile says, and path style where a host name cannot carry the bucket (an IP
    /// address, <c>localhost</c>, a host without a dot, a bucket name with dots over https).
    /// </summary>
    Auto,

    /// <summary>Path style: <c>https://host/bucket/key</c>.</summary>
    Always,

    /// <summary>Virtual-hosted style: <c>https://bucket.host/key</c>.</summary>
    Never,
}
