using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Multipart;

internal static class UploadPart
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        int partNumber = Parameters.PartNumber(context);
        UploadRecord upload = await UploadFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        EncryptionReader.CheckKey(context.Request.Headers, upload.Properties.Encryption);
        using BodyDigest digest = new(
            context.Request.Headers, context.Authenticated.Trailers, upload.ChecksumFunction ?? ChecksumFunction.Crc64Nvme);
        UploadFinder.CheckFunction(upload, digest.Declared?.Function);
        StagedBody staged = await BodyReader.StageAsync(context, digest, cancellationToken).ConfigureAwait(false);
        await using (staged.ConfigureAwait(false))
        {
            PartRecord part = new(partNumber, digest.Verify(), staged.Length, context.Now) { Checksum = digest.ToRecord() };
            StorageStatus status = await context.Storage
                .PutPartAsync(context.BucketName, context.Key, upload.UploadId, part, staged, cancellationToken).ConfigureAwait(false);
            status.ThrowUnlessDone(context, upload.UploadId);
            return S3Response.Ok()
                .Header("ETag", $"\"{part.ETag}\"")
                .Encryption(upload.Properties.Encryption)
                .Checksum(part.Checksum, withType: false);
        }
    }
}
