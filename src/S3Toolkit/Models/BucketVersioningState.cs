namespace S3Toolkit;

/// <summary>Whether a bucket keeps old versions of its objects.</summary>
public enum BucketVersioningState
{
    /// <summary>Versioning was never on.</summary>
    Off,

    /// <summary>Each write makes a new version.</summary>
    Enabled,

    /// <summary>Old versions are kept, new writes replace the version <c>null</c>.</summary>
    Suspended,
}
