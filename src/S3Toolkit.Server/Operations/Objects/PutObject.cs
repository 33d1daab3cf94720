using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Objects;

internal static class PutObject
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3HeaderCollection headers = context.Request.Headers;
        UnsupportedHeaders.CheckObject(headers);
        NewObjectAccess access = NewObjectAccess.Read(context, headers);
        ObjectRecord record = new()
        {
            Key = context.Key,
            LastModified = context.Now,
            OwnerId = access.OwnerId,
            Acl = access.Acl,
            Properties = PropertiesReader.Read(headers, context),
            Tags = TagReader.FromHeader(headers["x-amz-tagging"]),
            Lock = ObjectLockHeaders.Read(headers, context).OrDefault(context.Bucket!, context.Now),
        };
        WriteCondition condition = Conditions.ReadWrite(headers);
        EncryptionRecord encryption = record.Properties.Encryption;
        using BodyDigest digest = BodyDigest.OfObject(headers, context.Authenticated.Trailers, encryption);
        ObjectLockHeaders.RequireDigest(record.Lock, digest.IsGuarded, "Put Object");
        using BodyCipher? cipher = DataKeys.ForWrite(encryption, headers, context);
        StagedBody staged = await BodyReader.StageAsync(context, digest, cipher, cancellationToken).ConfigureAwait(false);
        await using (staged.ConfigureAwait(false))
        {
            record = record with { ETag = digest.Verify(), Checksum = digest.ToRecord(), WrittenAt = context.ExactNow };
            record = record.Replicated(context);
            ObjectRecord written = (await context.Storage
                .PutAsync(context.BucketName, record, staged, condition, cancellationToken).ConfigureAwait(false)).ValueOrThrow(context);
            context.Report(EventNames.Put, written);
            return S3Response.Ok()
                .Header("ETag", $"\"{written.ETag}\"")
                .WrittenVersion(written.VersionId)
                .Expiration(written, context)
                .Encryption(encryption, headers, isWrite: true)
                .Checksum(written.Checksum);
        }
    }
}
