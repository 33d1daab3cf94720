namespace S3Toolkit.Server.Storage;

/// <summary>How a storage operation ended. Expected answers, not exceptions.</summary>
internal enum StorageStatus
{
    Done,
    NoSuchBucket,
    NoSuchKey,
    NoSuchVersion,
    NoSuchUpload,
    NoSuchPart,
    AlreadyExists,
    NotEmpty,
    PreconditionFailed,

    /// <summary>A retention or a legal hold keeps the version.</summary>
    Locked,
}
