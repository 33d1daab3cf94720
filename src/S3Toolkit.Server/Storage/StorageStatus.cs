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

    /// <summary>The current object has another ETag.</summary>
    IfMatchFailed,

    /// <summary>There is an object, or one with this ETag.</summary>
    IfNoneMatchFailed,

    /// <summary>The object is of another time.</summary>
    IfLastModifiedFailed,

    /// <summary>The object has another size.</summary>
    IfLengthFailed,

    /// <summary>The current object has the ETag, but was written while the upload was under way.</summary>
    IfMatchConflict,

    /// <summary>There is no object, but there was one when the upload began.</summary>
    IfNoneMatchConflict,

    /// <summary>A retention or a legal hold keeps the version.</summary>
    Locked,
}
