using System.Globalization;
using System.Security.Cryptography;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Multipart;

internal static class CompleteMultipartUpload
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        WriteCondition condition = Conditions.ReadWrite(context.Request.Headers);
        // A body that is not there names no part, as a document without any.
        S3XmlNode document = await BodyReader
            .XmlAsync(context, "CompleteMultipartUpload", cancellationToken, isRequired: false, describesBody: false).ConfigureAwait(false)
            ?? throw S3Errors.MalformedXml().ToException();
        UploadRecord upload = await UploadFinder.FindAsync(context, cancellationToken, allowCompleted: true).ConfigureAwait(false);
        // A client that lost the first answer asks again, and gets the same one.
        if (upload.Completed is { } before) return Answer(context, before);
        // It need not repeat the customer's key; one that is given must be the right one.
        if (CustomerKey.Read(context.Request.Headers) is { } given) DataKeys.Check(upload.Properties.Encryption, given);
        StorageResult<ObjectRecord> written = await CommitAsync(context, upload, document, condition, cancellationToken)
            .ConfigureAwait(false);
        if (written.Status == StorageStatus.NoSuchUpload)
        {
            // Another Complete may have been faster: what it made is this one's answer too.
            upload = await UploadFinder.FindAsync(context, cancellationToken, allowCompleted: true).ConfigureAwait(false);
            if (upload.Completed is { } meanwhile) return Answer(context, meanwhile);
        }
        ObjectRecord completed = written.ValueOrThrow(context, upload.UploadId);
        context.Report(EventNames.Complete, completed);
        return Answer(context, completed);
    }

    /// <summary>NoSuchUpload when the upload was completed or aborted since it was found.</summary>
    private static async ValueTask<StorageResult<ObjectRecord>> CommitAsync(
        OperationContext context, UploadRecord upload, S3XmlNode document, WriteCondition condition, CancellationToken cancellationToken)
    {
        StorageResult<IReadOnlyList<PartRecord>> stored = await context.Storage
            .ListPartsAsync(context.BucketName, context.Key, upload.UploadId, cancellationToken).ConfigureAwait(false);
        if (stored.Status != StorageStatus.Done) return stored.Status;
        List<PartRecord> parts = PartSelection.Choose(document, stored.Value!, upload, context.Options.MinPartBytes);
        CheckObjectSize(context, parts);
        ChecksumRecord? checksum = ChecksumOf(context, upload, parts);
        PartSelection.CheckChecksums(document, parts, upload);
        ObjectRecord record = new()
        {
            Key = context.Key,
            // As on S3: a multipart object is as old as the start of its upload.
            LastModified = upload.Initiated,
            WrittenAt = context.ExactNow,
            ETag = ETagOf(parts),
            OwnerId = upload.OwnerId,
            Acl = upload.Acl,
            Properties = upload.Properties,
            Tags = upload.Tags,
            Lock = upload.Lock.OrDefault(context.Bucket!, upload.Initiated),
            Checksum = checksum,
            // The object's own body holds the bytes; the parts only remember their places and checksums.
            Parts = [.. parts.Select(part => part with { Body = null })],
        };
        if (condition != WriteCondition.None) condition = condition with { Upload = upload.Start };
        record = upload.Replica is { } replica ? record.Replicated(replica) : record.Replicated(context);
        return await context.Storage
            .CompleteUploadAsync(context.BucketName, upload.UploadId, record, parts, condition, cancellationToken).ConfigureAwait(false);
    }

    private static S3Response Answer(OperationContext context, ObjectRecord written)
    {
        S3XmlWriter writer = new();
        writer.Root("CompleteMultipartUploadResult");
        string path = $"{context.BucketName}/{Uri.EscapeDataString(context.Key)}";
        writer.Element("Location", new Uri(context.Server.Endpoint(), "/").OriginalString + path);
        writer.Element("Bucket", context.BucketName);
        writer.Element("Key", context.Key);
        writer.Element("ETag", $"\"{written.ETag}\"");
        writer.Checksum(written.Checksum);
        writer.End("CompleteMultipartUploadResult");
        return S3Response.Xml(writer.ToMemory())
            .WrittenVersion(written.VersionId)
            .Expiration(written, context)
            .Encryption(written.Properties.Encryption, context.Request.Headers);
    }

    private static void CheckObjectSize(OperationContext context, List<PartRecord> parts)
    {
        if (context.Header("x-amz-mp-object-size") is not { } text) return;
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long expected);
        long actual = parts.Sum(part => part.Length);
        if (isNumber && expected == actual) return;
        throw S3Errors.InvalidRequest(
            $"The provided 'x-amz-mp-object-size' header value {text} does not match what was computed: {actual}").ToException();
    }

    /// <summary>The MD5 of the parts' MD5s, and their number.</summary>
    private static string ETagOf(List<PartRecord> parts)
    {
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (PartRecord part in parts) md5.AppendData(Convert.FromHexString(part.ETag));
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(md5.GetHashAndReset())}-{parts.Count}");
    }

    /// <summary>The checksum of the object, held against what the headers say of it; null when S3 keeps none.</summary>
    private static ChecksumRecord? ChecksumOf(OperationContext context, UploadRecord upload, List<PartRecord> parts)
    {
        DeclaredChecksum? expected = DeclaredChecksum.ReadOfObject(context.Request.Headers);
        ChecksumFunction function = upload.ChecksumFunction ?? ChecksumFunction.Crc64Nvme;
        ChecksumRecord checksum = upload.IsCompositeChecksum
            ? new(function, CompositeChecksum.Of(function, [.. parts.Select(part => part.Checksum!.Value)]), IsComposite: true)
            : new(function, CrcCombination.CombineParts(function, [.. parts.Select(part => (part.Checksum!.Value, part.Length))]));
        if (Parameters.IsCompositeChecksum(context) is { } isComposite && isComposite != checksum.IsComposite)
        {
            throw S3Errors.InvalidRequest(
                $"The upload was created using the {(checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT")} checksum mode. "
                + "The complete request must use the same checksum mode.").ToException();
        }
        // A value of another function cannot be verified, so it must not pass either.
        if (expected is not null && (expected.Function != function || expected.Value != checksum.Value))
            throw S3Errors.BadChecksum(expected.Function.ToAlgorithmName()).ToException();
        return PartChecksum.HasNone(upload) ? null : checksum;
    }
}
