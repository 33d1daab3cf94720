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
            UploadId = UploadIds.New(context.Server.Clock),
            Initiated = context.Now,
            Start = await StartAsync(context, cancellationToken).ConfigureAwait(false),
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

    private static async ValueTask<UploadStart> StartAsync(OperationContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset now = context.ExactNow;
        StorageResult<ObjectRecord> current = await context.Storage
            .FindAsync(context.BucketName, context.Key, null, cancellationToken).ConfigureAwait(false);
        return new UploadStart(now, current.Value is { IsDeleteMarker: false });
    }

    /// <summary>The type asked for, or the function's own: CRC64NVME covers the object, the others the parts.</summary>
    private static bool IsComposite(OperationContext context, ChecksumFunction? function)
    {
        bool? asked = Parameters.IsCompositeChecksum(context);
        if (function is null)
        {
            if (asked is null) return false;
            throw S3Errors.InvalidRequest(
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.").ToException();
        }
        bool isPossible = asked switch
        {
            true => function != ChecksumFunction.Crc64Nvme,
            false => function.Value.IsCombinable(),
            null => true,
        };
        if (!isPossible)
        {
            throw S3Errors.InvalidRequest(
                $"The {(asked == true ? "COMPOSITE" : "FULL_OBJECT")} checksum type cannot be used with the "
                + $"{function.Value.ToAlgorithmName().ToLowerInvariant()} checksum algorithm.")
                .ToException();
        }
        return asked ?? function != ChecksumFunction.Crc64Nvme;
    }
}
