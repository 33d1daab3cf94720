namespace S3Toolkit;

/// <summary>The listing operation that a provider understands.</summary>
public enum S3ListVersion
{
    /// <summary>ListObjectsV2, with continuation tokens.</summary>
    V2,

    /// <summary>ListObjects, the first version, with key markers.</summary>
    V1,
}
