namespace S3Toolkit;

/// <summary>Where an object is: bucket, key, and perhaps a version.</summary>
/// <param name="BucketName">The bucket.</param>
/// <param name="Key">The key.</param>
/// <param name="VersionId">The version; null for the current one.</param>
public readonly record struct ObjectAddress(string BucketName, string Key, string? VersionId = null)
{
    /// <summary>The address as <c>s3://bucket/key</c>.</summary>
    /// <returns>The address.</returns>
    public override string ToString() => VersionId is null ? $"s3://{BucketName}/{Key}" : $"s3://{BucketName}/{Key} (version {VersionId})";
}
