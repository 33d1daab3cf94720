namespace S3Toolkit.Server;

/// <summary>Who owns the objects of a bucket, and whether access control lists count there.</summary>
public enum S3ObjectOwnership
{
    /// <summary>The bucket's owner owns all its objects, and access control lists are off. AWS's default since 2023.</summary>
    BucketOwnerEnforced,

    /// <summary>Who writes an object owns it, unless it is given to the bucket's owner by <c>bucket-owner-full-control</c>.</summary>
    BucketOwnerPreferred,

    /// <summary>Who writes an object owns it. AWS's default until 2023, and that of most other stores.</summary>
    ObjectWriter,
}
