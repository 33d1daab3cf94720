namespace S3Toolkit.Server.Storage;

/// <summary>A bucket starts without versioning; once enabled it can only be suspended.</summary>
internal enum BucketVersioning
{
    None,
    Enabled,
    Suspended,
}
