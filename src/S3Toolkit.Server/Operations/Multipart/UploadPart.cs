using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Multipart;

internal static class UploadPart
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        int partNumber = Parameters.PartNumber(context);
        UploadRecord upload = await UploadFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        EncryptionRecord encryption = upload.Properties.Encryption;
        using BodyCipher? cipher = DataKeys.ForPart(upload, context);
        ulong? nonce = DataKeys.NonceOf(cipher);
        using BodyDigest digest = new(
            context.Request.Headers, context.Authenticated.Trailers, upload.ChecksumFunction ?? ChecksumFunction.Crc64Nvme, encryption);
        UploadFinder.CheckFunction(upload, digest.Declared?.Function);
        ObjectLockHeaders.RequireDigest(upload.Lock.OrDefault(context.Bucket!, context.Now), digest.IsGuarded, "Put Part");
        StagedBody staged = await BodyReader.StageAsync(context, digest, cipher, cancellationToken, nonce ?? 0).ConfigureAwait(false);
        await using (staged.ConfigureAwait(false))
        {
            PartRecord part = new(partNumber, digest.Verify(), staged.Length, context.Now)
            {
                Checksum = digest.ToRecord(), DeclaredChecksum = digest.DeclaredRecord(), Nonce = nonce,
            };
            StorageStatus status = await context.Storage
                .PutPartAsync(context.BucketName, context.Key, upload.UploadId, part, staged, cancellationToken).ConfigureAwait(false);
            status.ThrowUnlessDone(context, upload.UploadId);
            return S3Response.Ok()
                .Header("ETag", $"\"{part.ETag}\"")
                .Encryption(encryption, context.Request.Headers)
                .Checksum(PartChecksum.Answered(part, upload), withType: false);
        }
    }
}
