using S3Toolkit.Checksums;

namespace S3Toolkit.Transport.Direct;

internal sealed partial class DirectTransport
{
    public ValueTask<S3Reply<string>> CreateMultipartAsync(string bucketName, string key, ObjectWriteOptions options, S3Attempt attempt)
    {
        var request = new DirectRequest(HttpMethod.Post, bucketName, key).Flag("uploads").NewObject(options).Owner(options);
        if (profile.RequestChecksums == S3ChecksumMode.WhenSupported)
        {
            request.Amz("x-amz-checksum-algorithm", profile.RequestChecksum.ToAlgorithmName());
            // Of its parts' CRC-64/NVME S3 makes that of the object, which any reader can verify.
            if (profile.RequestChecksum == ChecksumFunction.Crc64Nvme) request.Amz("x-amz-checksum-type", "FULL_OBJECT");
        }

        return SendForDocumentAsync(request, attempt, state: 0, static (xml, _, _, _) =>
            DocumentFacts.Read(xml).UploadId ?? throw new FormatException("The answer to CreateMultipartUpload names no upload."));
    }

    public ValueTask<S3Reply<UploadedPart>> UploadPartAsync(
        MultipartAddress upload, int partNumber, RequestBody body, ObjectWriteOptions options, S3Attempt attempt)
    {
        var request = Part(upload, partNumber).With(body).CustomerKey(options.Encryption as CustomerKeyEncryption).Owner(options);
        return SendAsync(
            request,
            attempt,
            (Number: partNumber, body.Length, Function: profile.RequestChecksum),
            static (answer, _, state) => new UploadedPart(
                state.Number, RequireETag(AnswerHeaders.Find(answer.Response, "ETag")), state.Length)
            {
                // What the server does not repeat is what it has taken.
                Checksum = AnswerHeaders.Checksum(answer.Response)
                    ?? (answer.SentChecksum is { } sent ? new ObjectChecksum(state.Function, sent) : null),
            });
    }

    public ValueTask<S3Reply<UploadedPart>> CopyPartAsync(
        MultipartAddress upload, int partNumber, ObjectAddress source, ObjectRange? range, CopyObjectOptions options, S3Attempt attempt)
    {
        var request = Part(upload, partNumber)
            .Source(source)
            .Amz("x-amz-copy-source-range", range?.ToHeader())
            .Amz("x-amz-copy-source-if-match", options.OnlyIfSourceMatch?.ToHeader())
            .CustomerKey(options.Encryption as CustomerKeyEncryption).SourceCustomerKey(options.SourceCustomerKey).Owner(options);
        return SendForDocumentAsync(request, attempt, (Number: partNumber, Range: range), static (xml, _, _, state) =>
        {
            var facts = DocumentFacts.Read(xml);
            var length = state.Range is { FirstByte: { } first, LastByte: { } last } ? last - first + 1 : 0;
            return new UploadedPart(state.Number, RequireETag(facts.ETag), length) { Checksum = facts.Checksum };
        });
    }

    public ValueTask<S3Reply<ListPage<UploadedPart>>> ListPartsAsync(
        MultipartAddress upload, BucketCallOptions options, string? continuationToken, S3Attempt attempt)
    {
        var request = new DirectRequest(HttpMethod.Get, upload.BucketName, upload.Key)
            .Query("uploadId", upload.UploadId).Query("part-number-marker", continuationToken).Owner(options);
        return SendForDocumentAsync(request, attempt, state: 0, static (xml, _, _, _) => ListDocument.Parts(xml));
    }

    public ValueTask<S3Reply<ObjectInfo>> CompleteMultipartAsync(
        MultipartAddress upload, IReadOnlyList<UploadedPart> parts, ObjectWriteOptions options, S3Attempt attempt)
    {
        var request = new DirectRequest(HttpMethod.Post, upload.BucketName, upload.Key)
            .Query("uploadId", upload.UploadId).With(new MemoryBody(CompleteDocument.Write(parts)), BodyChecksum.None)
            .ContentHeader("Content-Type", "application/xml")
            .Amz(ChecksumFunction.Crc64Nvme.ToHeaderName(), CompleteDocument.WholeChecksum(parts))
            .CustomerKey(options.Encryption as CustomerKeyEncryption).Conditions(options).Owner(options);
        return SendForDocumentAsync(
            request,
            attempt,
            (upload.Key, Size: parts.Sum(static part => part.SizeBytes), Options: options),
            static (xml, answer, request, state) =>
                AnswerHeaders.Written(request.BucketName, state.Key, state.Size, state.Options, answer.Response, DocumentFacts.Read(xml)));
    }

    public ValueTask<S3Reply<bool>> AbortMultipartAsync(MultipartAddress upload, BucketCallOptions options, S3Attempt attempt)
    {
        var request = new DirectRequest(HttpMethod.Delete, upload.BucketName, upload.Key).Query("uploadId", upload.UploadId).Owner(options);
        return SendAsync(request, attempt, state: 0, static (_, _, _) => true);
    }

    private static DirectRequest Part(MultipartAddress upload, int partNumber) =>
        new DirectRequest(HttpMethod.Put, upload.BucketName, upload.Key)
            .Query("partNumber", Number(partNumber)).Query("uploadId", upload.UploadId);

    /// <summary>Without its ETag no part can be completed.</summary>
    private static ETag RequireETag(string? etag) =>
        ETag.FromNullable(etag) ?? throw new FormatException("The answer about a part has no ETag.");
}
