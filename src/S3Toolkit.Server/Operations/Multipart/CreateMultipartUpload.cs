using System.Globalization;
using System.Security.Cryptography;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Multipart;

internal static class CreateMultipartUpload
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3HeaderCollection headers = context.Request.Headers;
        UnsupportedHeaders.CheckObject(headers);
        ChecksumFunction? function = Parameters.ChecksumAlgorithm(context);
        NewObjectAccess access = NewObjectAccess.Read(context, headers);
        UploadRecord upload = new()
        {
            Key = context.Key,
            UploadId = NewUploadId(context.Server.Clock),
            Initiated = context.Now,
            InitiatorId = context.Caller.CanonicalId == context.BucketOwnerId ? null : context.Caller.CanonicalId,
            OwnerId = access.OwnerId,
            Acl = access.Acl,
            Properties = PropertiesReader.Read(headers, context),
            Tags = TagReader.FromHeader(headers["x-amz-tagging"]),
            Lock = ObjectLockHeaders.Read(headers, context),
            ChecksumFunction = function,
            IsCompositeChecksum = IsComposite(context, function),
            Replica = ReplicaHeaders.Read(context),
        };
        await ReplicaHeaders.RequireMissingAsync(upload.Replica, context, cancellationToken).ConfigureAwait(false);
        StorageStatus status = await context.Storage.CreateUploadAsync(context.BucketName, upload, cancellationToken).ConfigureAwait(false);
        status.ThrowUnlessDone(context);

        S3XmlWriter writer = new();
        writer.Root("InitiateMultipartUploadResult");
        writer.Element("Bucket", context.BucketName);
        writer.Element("Key", context.Key);
        writer.Element("UploadId", upload.UploadId);
        writer.End("InitiateMultipartUploadResult");
        S3Response response = S3Response.Xml(writer.ToMemory()).Encryption(upload.Properties.Encryption, headers, isWrite: true)
            .Abort(upload, context);
        return function is null
            ? response
            : response.Header("x-amz-checksum-algorithm", function.Value.ToAlgorithmName())
                .Header("x-amz-checksum-type", upload.IsCompositeChecksum ? "COMPOSITE" : "FULL_OBJECT");
    }

    /// <summary>The type asked for, or the function's own: CRC64NVME covers the object, the others the parts.</summary>
    private static bool IsComposite(OperationContext context, ChecksumFunction? function)
    {
        string? type = context.Header("x-amz-checksum-type");
        if (type is not (null or "COMPOSITE" or "FULL_OBJECT"))
            throw S3Errors.InvalidRequest("Value for x-amz-checksum-type header is invalid.").ToException();
        if (function is null)
        {
            if (type is null) return false;
            throw S3Errors.InvalidRequest(
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.").ToException();
        }
        bool isPossible = type switch
        {
            "COMPOSITE" => function != ChecksumFunction.Crc64Nvme,
            "FULL_OBJECT" => function.Value.IsCombinable(),
            _ => true,
        };
        if (!isPossible)
        {
            throw S3Errors.InvalidRequest(
                $"The {type} checksum type cannot be used with the "
                + $"{function.Value.ToAlgorithmName().ToLowerInvariant()} checksum algorithm.")
                .ToException();
        }
        return type is null ? function != ChecksumFunction.Crc64Nvme : type == "COMPOSITE";
    }

    /// <summary>Rises with time, so that the uploads of a key list in the order in which they began.</summary>
    private static string NewUploadId(TimeProvider clock) =>
        clock.GetUtcNow().UtcTicks.ToString("x16", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetHexString(32, lowercase: true);
}
