using S3Toolkit.Server.Access;
using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Objects;

internal static class CopyObject
{
    private static readonly string[] ChangingHeaders =
    [
        "x-amz-storage-class", "x-amz-website-redirect-location", "x-amz-server-side-encryption",
        "x-amz-server-side-encryption-customer-algorithm", "x-amz-checksum-algorithm",
    ];

    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3HeaderCollection headers = context.Request.Headers;
        UnsupportedHeaders.CheckObject(headers);
        CopySource source = CopySource.Read(context);
        bool replacesMetadata = Replaces(context, "x-amz-metadata-directive");
        bool replacesTags = Replaces(context, "x-amz-tagging-directive");
        WriteCondition condition = Conditions.ReadWrite(headers);
        ObjectRecord from = await source.FindAsync(context, cancellationToken, withTags: !replacesTags).ConfigureAwait(false);
        CheckSelfCopy(context, source, replacesMetadata || replacesTags || from.Restore is not null);
        CopySource.CheckSize(from.Length);

        // Tags that come along unasked take the same right as those of a header.
        if (!replacesTags && from.Tags.Count > 0) AccessStage.Demand(context, "s3:PutObjectTagging", isNewObject: true);
        ObjectProperties asked = PropertiesReader.Read(headers, context);
        NewObjectAccess access = NewObjectAccess.Read(context, headers);
        ObjectRecord record = new()
        {
            Key = context.Key,
            LastModified = context.Now,
            // The source's list stays with the source.
            OwnerId = access.OwnerId,
            Acl = access.Acl,
            Properties = replacesMetadata ? asked : Kept(from.Properties, asked),
            Tags = replacesTags ? TagReader.FromHeader(headers["x-amz-tagging"]) : from.Tags,
            // Never that of the source: who copies says anew how long the copy must stay.
            Lock = ObjectLockHeaders.Read(headers, context).OrDefault(context.Bucket!, context.Now),
        };
        ChecksumFunction function = Parameters.ChecksumAlgorithm(context) ?? from.Checksum?.Function ?? ChecksumFunction.Crc64Nvme;
        record = record.Replicated(context);
        ObjectRecord written = await StoreAsync(context, from, record, function, condition, cancellationToken).ConfigureAwait(false);
        context.Report(EventNames.Copy, written);
        return Answer(context, source, from, written);
    }

    /// <summary>A copy is one piece, whatever its source was completed from: what is no hash of the whole is hashed anew.</summary>
    private static async ValueTask<ObjectRecord> StoreAsync(
        OperationContext context, ObjectRecord from, ObjectRecord record, ChecksumFunction function, WriteCondition condition,
        CancellationToken cancellationToken)
    {
        bool keepsHashes = from.Parts.Count == 0 && from.Checksum is { IsComposite: false } checksum && checksum.Function == function;
        EncryptionRecord encryption = record.Properties.Encryption;
        // Bytes that stay where they are stay encrypted as they are, so only a copy under the same key can have them.
        byte[]? sealedKey = from.Properties.Encryption.SealedKey;
        keepsHashes &= DataKeys.AreOfOneKey(from.Properties.Encryption, encryption, context);
        if (keepsHashes && await context.Storage.TryShareAsync(from.Body!, cancellationToken).ConfigureAwait(false) is { } shared)
        {
            await using (shared.ConfigureAwait(false))
            {
                ObjectProperties properties = record.Properties with { Encryption = encryption with { SealedKey = sealedKey } };
                string eTag = OpaqueETag.Covers(encryption) ? OpaqueETag.New() : from.ETag;
                return await PutAsync(record with { Properties = properties, ETag = eTag, Checksum = from.Checksum }, shared)
                    .ConfigureAwait(false);
            }
        }
        using BodyDigest digest = BodyDigest.Unchecked(function, encryption);
        using BodyCipher? cipher = DataKeys.ForWrite(encryption, context.Request.Headers, context);
        StagedBody staged = await BodyCopier
            .StageAsync(context, from, 0, from.Length, digest, cipher, cancellationToken).ConfigureAwait(false);
        await using (staged.ConfigureAwait(false))
        {
            record = record with { ETag = digest.Verify(), Checksum = digest.ToRecord() };
            return await PutAsync(record, staged).ConfigureAwait(false);
        }

        async ValueTask<ObjectRecord> PutAsync(ObjectRecord complete, StagedBody body)
        {
            complete = complete with { WrittenAt = context.ExactNow };
            return (await context.Storage
                .PutAsync(context.BucketName, complete, body, condition, cancellationToken).ConfigureAwait(false)).ValueOrThrow(context);
        }
    }

    private static S3Response Answer(OperationContext context, CopySource source, ObjectRecord from, ObjectRecord written)
    {
        S3XmlWriter writer = new();
        writer.Root("CopyObjectResult");
        writer.Element("LastModified", written.LastModified);
        writer.Element("ETag", $"\"{written.ETag}\"");
        writer.Checksum(written.Checksum);
        writer.End("CopyObjectResult");
        bool isVersioned = source.VersionId is not null || from.VersionId != ObjectRecord.NullVersion;
        // Unlike PutObject, it tells the null version of a suspended bucket too.
        return S3Response.Xml(writer.ToMemory())
            .Version(written.VersionId, context)
            .Expiration(written, context)
            .Header("x-amz-copy-source-version-id", isVersioned ? from.VersionId : null)
            .Encryption(written.Properties.Encryption, context.Request.Headers, isWrite: true);
    }

    /// <summary>What COPY carries over; class, encryption and redirect are always those of the request.</summary>
    private static ObjectProperties Kept(ObjectProperties original, ObjectProperties asked) => original with
    {
        StorageClass = asked.StorageClass,
        Encryption = asked.Encryption,
        WebsiteRedirectLocation = asked.WebsiteRedirectLocation,
    };

    private static bool Replaces(OperationContext context, string header) => context.Header(header) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        string other => throw S3Errors.InvalidArgument(
            header.Contains("tagging", StringComparison.Ordinal) ? "Unknown tagging directive." : "Unknown metadata directive.", header,
                other)
            .ToException(),
    };

    private static void CheckSelfCopy(OperationContext context, CopySource source, bool isChange)
    {
        bool isSelf = source.BucketName == context.BucketName && source.Key == context.Key && source.VersionId is null;
        // A bucket that says how it encrypts makes a copy of an object that was there before a change of it.
        isChange |= context.Bucket!.Encryption is not null;
        if (isSelf && !isChange && !Array.Exists(ChangingHeaders, context.Request.Headers.Contains))
            throw S3Errors.CopyOntoItself().ToException();
    }
}
