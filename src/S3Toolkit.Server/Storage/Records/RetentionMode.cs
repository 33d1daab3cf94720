namespace S3Toolkit.Server.Storage;

internal enum RetentionMode
{
    /// <summary>Who has the permission to bypass it may shorten it and delete what it keeps.</summary>
    Governance,

    /// <summary>Nobody may.</summary>
    Compliance,
}
