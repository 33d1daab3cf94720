namespace S3Toolkit.Server.Pipeline;

/// <summary>What a request is aimed at.</summary>
/// <param name="BucketName">"" = the service itself.</param>
/// <param name="Key">The decoded key; "" = the bucket itself.</param>
/// <param name="IsVirtualHosted">The bucket came from the host name.</param>
internal readonly record struct S3Target(string BucketName, string Key, bool IsVirtualHosted)
{
    public bool HasBucket => BucketName.Length > 0;

    public bool HasKey => Key.Length > 0;
}
