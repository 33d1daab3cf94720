using System.Globalization;

namespace S3Toolkit.Server.Pipeline;

/// <summary>This file: objects and multipart uploads.</summary>
internal static partial class S3Errors
{
    public static S3Error NoSuchKey(string key) => new S3Error("NoSuchKey", 404, "The specified key does not exist.").With("Key", key);

    public static S3Error NoSuchVersion(string key, string versionId) =>
        new S3Error("NoSuchVersion", 404, "The specified version does not exist.").With("Key", key).With("VersionId", versionId);

    public static S3Error InvalidVersionId(string versionId) => InvalidArgument("Invalid version id specified", "versionId", versionId);

    public static S3Error KeyTooLong(int bytes, int maxBytes) =>
        new S3Error("KeyTooLongError", 400, "Your key is too long")
            .With("Size", bytes.ToString(CultureInfo.InvariantCulture))
            .With("MaxSizeAllowed", maxBytes.ToString(CultureInfo.InvariantCulture));

    public static S3Error PreconditionFailed(string condition) =>
        new S3Error("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")
            .With("Condition", condition);

    public static S3Error SeveralConditions() =>
        new S3Error("NotImplemented", 501, "A header you provided implies functionality that is not implemented")
            .With("Header", "If-Match,If-None-Match")
            .With("additionalMessage", "Multiple conditional request headers present in the request");

    public static S3Error ConditionalRequestConflict() => new(
        "ConditionalRequestConflict", 409,
        "The conditional request cannot succeed due to a conflicting operation against this resource.");

    public static S3Error NotModified() => new("NotModified", 304, "Not Modified");

    public static S3Error InvalidRange(string? requested, long actualBytes) =>
        new S3Error("InvalidRange", 416, "The requested range is not satisfiable")
            .With("RangeRequested", requested).With("ActualObjectSize", actualBytes.ToString(CultureInfo.InvariantCulture));

    public static S3Error InvalidPartNumber(int requested, int actual) =>
        new S3Error("InvalidPartNumber", 416, "The requested partnumber is not satisfiable")
            .With("PartNumberRequested", requested.ToString(CultureInfo.InvariantCulture))
            .With("ActualPartCount", actual.ToString(CultureInfo.InvariantCulture));

    public static S3Error NoSuchUpload(string uploadId) => new S3Error(
        "NoSuchUpload", 404,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.")
        .With("UploadId", uploadId);

    public static S3Error InvalidPart(string uploadId, int partNumber, string eTag) => new S3Error(
        "InvalidPart", 400,
        "One or more of the specified parts could not be found.  The part may not have been uploaded, "
        + "or the specified entity tag may not match the part's entity tag.")
        .With("UploadId", uploadId).With("PartNumber", partNumber.ToString(CultureInfo.InvariantCulture)).With("ETag", eTag);

    public static S3Error InvalidPartOrder(string uploadId) => new S3Error(
        "InvalidPartOrder", 400,
        "The list of parts was not in ascending order. Parts must be ordered by part number.").With("UploadId", uploadId);

    public static S3Error PartTooSmall(int partNumber, string eTag, long bytes, long minBytes) =>
        EntityTooSmall(bytes, minBytes).With("PartNumber", partNumber.ToString(CultureInfo.InvariantCulture)).With("ETag", eTag);

    public static S3Error InvalidStorageClass(string requested) =>
        new S3Error("InvalidStorageClass", 400, "The storage class you specified is not valid").With("StorageClassRequested", requested);

    public static S3Error InvalidEncryptionAlgorithm(string header, string value) =>
        new S3Error("InvalidEncryptionAlgorithmError", 400, "The Encryption request you specified is not valid. Supported value: AES256.")
            .With("ArgumentName", header).With("ArgumentValue", value);

    public static S3Error KmsNotFound(string message) => new("KMS.NotFoundException", 400, message);

    public static S3Error KmsDisabled(string keyId) => new("KMS.DisabledException", 400, $"{keyId} is disabled.");

    public static S3Error ObjectIsLocked() => AccessDenied("Access Denied because object protected by object lock.");

    public static S3Error InvalidObjectState(string message, string storageClass) =>
        new S3Error("InvalidObjectState", 403, message).With("StorageClass", storageClass);

    public static S3Error RestoreAlreadyInProgress() => new("RestoreAlreadyInProgress", 409, "Object restore is already in progress");

    public static S3Error NoObjectLockOfBucket() => InvalidRequest("Bucket is missing Object Lock Configuration");

    public static S3Error NoSuchObjectLockConfiguration() =>
        new("NoSuchObjectLockConfiguration", 404, "The specified object does not have a ObjectLock configuration");

    public static S3Error AccessControlListNotSupported() =>
        new("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");

    public static S3Error CopyOntoItself() => InvalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, "
        + "storage class, website redirect location or encryption attributes.");
}
