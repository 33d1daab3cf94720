using System.Security.Cryptography;

namespace S3Toolkit.Transport.Direct;

internal sealed partial class DirectTransport
{
    private const int DefaultPageSize = 1000;

    public ValueTask<S3Reply<ListPage<ObjectListing>>> ListObjectsAsync(
        string bucketName, ListObjectsOptions options, string? continuationToken, S3Attempt attempt)
    {
        var request = new DirectRequest(HttpMethod.Get, bucketName);
        request = profile.ListVersion == S3ListVersion.V1
            ? request.Query("marker", continuationToken ?? options.StartAfter)
            : request.Query("list-type", "2")
                .Query("continuation-token", continuationToken)
                .Query("start-after", continuationToken is null ? options.StartAfter : null)
                .Query("fetch-owner", options.FetchOwner ? "true" : null);
        request.Query("prefix", options.Prefix).Query("delimiter", options.Delimiter).Query("max-keys", Number(options.PageSize))
            .Query("encoding-type", "url").Owner(options);
        return SendForDocumentAsync(
            request,
            attempt,
            (Expected: options.PageSize ?? DefaultPageSize, IsV1: profile.ListVersion == S3ListVersion.V1),
            static (xml, _, _, state) => ListDocument.Objects(xml, state.Expected, state.IsV1));
    }

    public ValueTask<S3Reply<ListPage<ListedVersion>>> ListVersionsAsync(
        string bucketName, ListVersionsOptions options, string? continuationToken, S3Attempt attempt)
    {
        var markers = continuationToken?.Split(SdkReplies.MarkerSeparator);
        var request = new DirectRequest(HttpMethod.Get, bucketName).Flag("versions")
            .Query("prefix", options.Prefix).Query("key-marker", markers?[0])
            .Query("version-id-marker", markers is [_, { Length: > 0 } version] ? version : null)
            .Query("max-keys", Number(options.PageSize)).Query("encoding-type", "url").Owner(options);
        return SendForDocumentAsync(request, attempt, state: 0, static (xml, _, _, _) => ListDocument.Versions(xml));
    }

    public ValueTask<S3Reply<IReadOnlyList<DeleteResult>>> DeleteObjectsAsync(
        string bucketName, IReadOnlyList<ObjectIdentifier> objects, DeleteManyOptions options, S3Attempt attempt)
    {
        var xml = DeleteDocument.Write(objects);
        var request = new DirectRequest(HttpMethod.Post, bucketName).Flag("delete").With(new MemoryBody(xml), BodyChecksum.Required)
            .ContentHeader("Content-Type", "application/xml").Owner(options);
#pragma warning disable CA5351 // The protocol's choice: it finds damage in transit, it guards nothing.
        if (profile.DeleteManyNeedsContentMd5) request.ContentHeader("Content-MD5", Convert.ToBase64String(MD5.HashData(xml.Span)));
#pragma warning restore CA5351
        return SendForDocumentAsync(
            request, attempt, objects.Count, static (xml, _, _, expected) => DeleteDocument.Read(xml, expected));
    }
}
