namespace S3Toolkit.Transport.Direct;

/// <summary>Whether a body goes with its checksum.</summary>
internal enum BodyChecksum
{
    /// <summary>Never: the header means something else there.</summary>
    None,

    /// <summary>Where the provider is known to understand it.</summary>
    WhenSupported,

    /// <summary>Always: S3 refuses the request without one.</summary>
    Required,
}
