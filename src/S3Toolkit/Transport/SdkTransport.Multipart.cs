using System.Globalization;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

internal sealed partial class SdkTransport
{
    public ValueTask<S3Reply<string>> CreateMultipartAsync(string bucketName, string key, ObjectWriteOptions options, S3Attempt attempt)
    {
        var request = SdkRequests.CreateMultipart(bucketName, key, options);
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).InitiateMultipartUploadAsync(request, token),
            response => response.UploadId);
    }

    public ValueTask<S3Reply<UploadedPart>> UploadPartAsync(
        MultipartAddress upload, int partNumber, RequestBody body, ObjectWriteOptions options, S3Attempt attempt)
    {
        var encryption = SdkEncryption.Of(options.Encryption as CustomerKeyEncryption);
        var client = clients.For(upload.BucketName);
        var request = new UploadPartRequest
        {
            BucketName = upload.BucketName,
            Key = upload.Key,
            UploadId = upload.UploadId,
            PartNumber = partNumber,
            PartSize = body.Length,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            ServerSideEncryptionCustomerMethod = encryption.CustomerMethod,
            ServerSideEncryptionCustomerProvidedKey = encryption.CustomerKey,
            ServerSideEncryptionCustomerProvidedKeyMD5 = encryption.CustomerKeyMD5,
        };
        (request.UseChunkEncoding, request.DisablePayloadSigning) = PayloadSigning(client);
        return SendBodyAsync(
            request,
            options,
            body,
            attempt,
            (stream, token) =>
            {
                request.InputStream = stream;
                return client.UploadPartAsync(request, token);
            },
            response => new UploadedPart(partNumber, new ETag(response.ETag), body.Length)
            {
                Checksum = SdkReplies.Checksum(
                    response.ChecksumCRC64NVME, response.ChecksumCRC32C, response.ChecksumCRC32, response.ChecksumSHA256,
                    response.ChecksumSHA1),
            });
    }

    public ValueTask<S3Reply<UploadedPart>> CopyPartAsync(
        MultipartAddress upload, int partNumber, ObjectAddress source, ObjectRange? range, CopyObjectOptions options, S3Attempt attempt)
    {
        var encryption = SdkEncryption.Of(options.Encryption);
        var sourceEncryption = SdkEncryption.Of(options.SourceCustomerKey);
        var request = new CopyPartRequest
        {
            SourceBucket = source.BucketName,
            SourceKey = source.Key,
            SourceVersionId = source.VersionId,
            DestinationBucket = upload.BucketName,
            DestinationKey = upload.Key,
            UploadId = upload.UploadId,
            PartNumber = partNumber,
            FirstByte = range?.FirstByte,
            LastByte = range?.LastByte,
            ServerSideEncryptionCustomerMethod = encryption.CustomerMethod,
            ServerSideEncryptionCustomerProvidedKey = encryption.CustomerKey,
            ServerSideEncryptionCustomerProvidedKeyMD5 = encryption.CustomerKeyMD5,
            CopySourceServerSideEncryptionCustomerMethod = sourceEncryption.CustomerMethod,
            CopySourceServerSideEncryptionCustomerProvidedKey = sourceEncryption.CustomerKey,
            CopySourceServerSideEncryptionCustomerProvidedKeyMD5 = sourceEncryption.CustomerKeyMD5,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
        };
        if (options.OnlyIfSourceMatch is { } etag) request.ETagToMatch = [etag.ToHeader()];
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(upload.BucketName).CopyPartAsync(request, token),
            response => new UploadedPart(
                partNumber, new ETag(response.ETag), range is { FirstByte: { } first, LastByte: { } last } ? last - first + 1 : 0)
            {
                Checksum = SdkReplies.Checksum(
                    response.ChecksumCRC64NVME, response.ChecksumCRC32C, response.ChecksumCRC32, response.ChecksumSHA256,
                    response.ChecksumSHA1),
            });
    }

    public ValueTask<S3Reply<ListPage<UploadedPart>>> ListPartsAsync(
        MultipartAddress upload, BucketCallOptions options, string? continuationToken, S3Attempt attempt)
    {
        var request = new ListPartsRequest
        {
            BucketName = upload.BucketName,
            Key = upload.Key,
            UploadId = upload.UploadId,
            PartNumberMarker = continuationToken,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
        };
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(upload.BucketName).ListPartsAsync(request, token),
            response => new ListPage<UploadedPart>(
                [.. (response.Parts ?? []).Select(SdkReplies.Part)],
                response.IsTruncated,
                response.NextPartNumberMarker?.ToString(CultureInfo.InvariantCulture)));
    }

    public ValueTask<S3Reply<ObjectInfo>> CompleteMultipartAsync(
        MultipartAddress upload, IReadOnlyList<UploadedPart> parts, ObjectWriteOptions options, S3Attempt attempt)
    {
        var encryption = SdkEncryption.Of(options.Encryption);
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = upload.BucketName,
            Key = upload.Key,
            UploadId = upload.UploadId,
            PartETags = [.. parts.Select(Complete)],
            IfNoneMatch = options.OnlyIfAbsent ? "*" : null,
            IfMatch = options.OnlyIfMatch?.ToHeader(),
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            SSECustomerAlgorithm = encryption.CustomerMethod?.Value,
            SSECustomerKey = encryption.CustomerKey,
            SSECustomerKeyMD5 = encryption.CustomerKeyMD5,
        };
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(upload.BucketName).CompleteMultipartUploadAsync(request, token),
            response => SdkReplies.Written(
                upload.BucketName,
                upload.Key,
                parts.Sum(static part => part.SizeBytes),
                options,
                response.ETag,
                response.VersionId,
                SdkReplies.Checksum(
                    response.ChecksumCRC64NVME, response.ChecksumCRC32C, response.ChecksumCRC32, response.ChecksumSHA256,
                    response.ChecksumSHA1)));
    }

    public ValueTask<S3Reply<bool>> AbortMultipartAsync(MultipartAddress upload, BucketCallOptions options, S3Attempt attempt)
    {
        var request = new AbortMultipartUploadRequest
        {
            BucketName = upload.BucketName,
            Key = upload.Key,
            UploadId = upload.UploadId,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
        };
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(upload.BucketName).AbortMultipartUploadAsync(request, token),
            static _ => true);
    }

    private static PartETag Complete(UploadedPart part)
    {
        var complete = new PartETag(part.PartNumber, part.ETag.ToHeader());
        switch (part.Checksum)
        {
            case { Function: ChecksumFunction.Crc32 } checksum:
                complete.ChecksumCRC32 = checksum.Value;
                break;
            case { Function: ChecksumFunction.Crc32C } checksum:
                complete.ChecksumCRC32C = checksum.Value;
                break;
            case { Function: ChecksumFunction.Crc64Nvme } checksum:
                complete.ChecksumCRC64NVME = checksum.Value;
                break;
            case { Function: ChecksumFunction.Sha1 } checksum:
                complete.ChecksumSHA1 = checksum.Value;
                break;
            case { Function: ChecksumFunction.Sha256 } checksum:
                complete.ChecksumSHA256 = checksum.Value;
                break;
        }

        return complete;
    }
}
