using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Multipart;

internal static class UploadPartCopy
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        int partNumber = Parameters.PartNumber(context);
        UploadRecord upload = await UploadFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        EncryptionRecord encryption = upload.Properties.Encryption;
        using BodyCipher? cipher = DataKeys.ForPart(upload, context);
        ulong? nonce = DataKeys.NonceOf(cipher);
        CopySource source = CopySource.Read(context);
        ObjectRecord from = await source.FindAsync(context, cancellationToken).ConfigureAwait(false);
        (long offset, long length) = context.Header("x-amz-copy-source-range") is { } range
            ? ByteRanges.ParseCopySource(range, from.Length)
            : (0, from.Length);
        CopySource.CheckSize(length);

        using BodyDigest digest = BodyDigest.Unchecked(upload.ChecksumFunction ?? ChecksumFunction.Crc64Nvme, encryption);
        StagedBody staged = await BodyCopier
            .StageAsync(context, from, offset, length, digest, cipher, cancellationToken, nonce ?? 0).ConfigureAwait(false);
        await using (staged.ConfigureAwait(false))
        {
            PartRecord part = new(partNumber, digest.Verify(), staged.Length, context.Now) { Checksum = digest.ToRecord(), Nonce = nonce };
            StorageStatus status = await context.Storage
                .PutPartAsync(context.BucketName, context.Key, upload.UploadId, part, staged, cancellationToken).ConfigureAwait(false);
            status.ThrowUnlessDone(context, upload.UploadId);
            return Answer(source, from, part, upload).Encryption(encryption, context.Request.Headers);
        }
    }

    private static S3Response Answer(CopySource source, ObjectRecord from, PartRecord part, UploadRecord upload)
    {
        S3XmlWriter writer = new();
        writer.Root("CopyPartResult");
        writer.Element("LastModified", part.LastModified);
        writer.Element("ETag", $"\"{part.ETag}\"");
        writer.Checksum(PartChecksum.Listed(part, upload), withType: false);
        writer.End("CopyPartResult");
        bool isVersioned = source.VersionId is not null || from.VersionId != ObjectRecord.NullVersion;
        return S3Response.Xml(writer.ToMemory()).Header("x-amz-copy-source-version-id", isVersioned ? from.VersionId : null);
    }
}
