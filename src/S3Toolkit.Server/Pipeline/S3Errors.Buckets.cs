namespace S3Toolkit.Server.Pipeline;

/// <summary>This file: buckets.</summary>
internal static partial class S3Errors
{
    public static S3Error NoSuchBucket(string bucketName) =>
        new S3Error("NoSuchBucket", 404, "The specified bucket does not exist").With("BucketName", bucketName);

    public static S3Error InvalidBucketName(string bucketName) =>
        new S3Error("InvalidBucketName", 400, "The specified bucket is not valid.").With("BucketName", bucketName);

    public static S3Error BucketAlreadyOwnedByYou(string bucketName) =>
        new S3Error("BucketAlreadyOwnedByYou", 409, "Your previous request to create the named bucket succeeded and you already own it.")
            .With("BucketName", bucketName);

    public static S3Error BucketAlreadyExists(string bucketName) => new S3Error(
        "BucketAlreadyExists", 409,
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
        + "Please select a different name and try again.").With("BucketName", bucketName);

    public static S3Error NoSuchBucketPolicy(string bucketName) =>
        new S3Error("NoSuchBucketPolicy", 404, "The bucket policy does not exist").With("BucketName", bucketName);

    public static S3Error NoSuchPublicAccessBlock(string bucketName) => new S3Error(
        "NoSuchPublicAccessBlockConfiguration", 404, "The public access block configuration was not found").With("BucketName", bucketName);

    public static S3Error InvalidExpectedOwner(string expected) => new(
        "InvalidBucketOwnerAWSAccountID", 400,
        $"The value of the expected bucket owner parameter must be an AWS Account ID... [{expected}]");

    public static S3Error BucketNotEmpty(string bucketName, bool isVersioned = false) => new S3Error(
        "BucketNotEmpty", 409,
        "The bucket you tried to delete is not empty" + (isVersioned ? ". You must delete all versions in the bucket." : ""))
        .With("BucketName", bucketName);

    public static S3Error TooManyBuckets() =>
        new("TooManyBuckets", 400, "You have attempted to create more buckets than allowed");

    public static S3Error InvalidLocationConstraint(string region) =>
        new S3Error("InvalidLocationConstraint", 400, "The specified location-constraint is not valid").With("LocationConstraint", region);

    public static S3Error IllegalLocationConstraint(string region) => new(
        "IllegalLocationConstraintException", 400,
        region.Length == 0
            ? "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to."
            : $"The {region} location constraint is incompatible for the region specific endpoint this request was sent to.");

    public static S3Error PermanentRedirect(string bucketName, string bucketRegion, string endpoint) => new S3Error(
        "PermanentRedirect", 301,
        "The bucket you are attempting to access must be addressed using the specified endpoint. "
        + "Please send all future requests to this endpoint.")
        .With("Endpoint", endpoint).With("Bucket", bucketName).WithHeader("x-amz-bucket-region", bucketRegion);

    public static S3Error NoSuchTagSet(string bucketName) =>
        new S3Error("NoSuchTagSet", 404, "The TagSet does not exist").With("BucketName", bucketName);

    public static S3Error NoSuchEncryption(string bucketName) => new S3Error(
        "ServerSideEncryptionConfigurationNotFoundError", 404, "The server side encryption configuration was not found")
        .With("BucketName", bucketName);

    public static S3Error ObjectLockConfigurationNotFound(string bucketName) =>
        new S3Error("ObjectLockConfigurationNotFoundError", 404, "Object Lock configuration does not exist for this bucket")
            .With("BucketName", bucketName);

    public static S3Error InvalidRetentionPeriod(string message) => new("InvalidRetentionPeriod", 400, message);

    public static S3Error InvalidBucketAclWithObjectOwnership() => new(
        "InvalidBucketAclWithObjectOwnership", 400, "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");

    public static S3Error NoOwnershipControls(string bucketName) =>
        new S3Error("OwnershipControlsNotFoundError", 404, "The bucket ownership controls were not found").With("BucketName", bucketName);

    public static S3Error InvalidBucketAclWithBlockPublicAccess() => new(
        "InvalidBucketAclWithBlockPublicAccessError", 400, "Bucket cannot have public ACLs set with BlockPublicAccess enabled");

    public static S3Error InvalidTag(string message) => new("InvalidTag", 400, message);

    public static S3Error IllegalVersioningConfiguration() =>
        new("IllegalVersioningConfigurationException", 400, "The Versioning element must be specified");

    public static S3Error InvalidBucketState(string message) => new("InvalidBucketState", 409, message);
}
