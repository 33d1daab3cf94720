namespace S3Toolkit.Server.Storage;

/// <summary>
/// The ownership controls of a bucket, numbered as <see cref="S3ObjectOwnership"/>. The first is what a bucket has that was stored
/// without any.
/// </summary>
internal enum BucketOwnership
{
    BucketOwnerEnforced,
    BucketOwnerPreferred,
    ObjectWriter,

    /// <summary>The controls were deleted: as <see cref="ObjectWriter"/>, but there is nothing to tell.</summary>
    Deleted,
}
