using System.Globalization;
using System.Runtime.CompilerServices;

namespace S3Toolkit.Transport.Direct;

/// <summary>
/// The transport over HttpClient alone: it signs with our own SigV4, sends a body once, and reads answers from their bytes. This file:
/// objects, one request each.
/// </summary>
internal sealed partial class DirectTransport(DirectSender sender, S3ProviderProfile profile) : IS3Transport
{
    public ValueTask<S3Reply<ObjectInfo>> PutObjectAsync(
        string bucketName, string key, RequestBody body, PutObjectOptions options, S3Attempt attempt)
    {
        var request = new DirectRequest(HttpMethod.Put, bucketName, key).With(body).NewObject(options).Conditions(options).Owner(options);
        return SendAsync(request, attempt, (Key: key, Body: body, Options: options), static (answer, request, state) =>
            AnswerHeaders.Written(request.BucketName, state.Key, state.Body.Length, state.Options, answer.Response));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<S3Reply<GetReply>> GetObjectAsync(string bucketName, string key, GetObjectOptions options, S3Attempt attempt)
    {
        var request = Read(new DirectRequest(HttpMethod.Get, bucketName, key), options).Header("Range", options.Range?.ToHeader());
        var answer = await sender.SendAsync(request, attempt).ConfigureAwait(false);
        if (answer.Error is { } error) return S3Reply<GetReply>.Failed(error);
        try
        {
            var response = answer.Response;
            var length = response.Content.Headers.ContentLength;
            var range = ContentRange.TryParse(ContentHeader(response, "Content-Range"), out var sent) ? sent : default(ContentRange?);
            var info = AnswerHeaders.Info(bucketName, key, response, range?.TotalBytes ?? length ?? 0);
            // The stream is all that is left of the answer: with it the connection goes back.
            var body = await response.Content.ReadAsStreamAsync(attempt.Token).ConfigureAwait(false);
            return S3Reply<GetReply>.Of(new GetReply(info, range, length, body));
        }
        catch (Exception thrown)
        {
            answer.Dispose();
            return S3Reply<GetReply>.Failed(DirectErrors.FromException(thrown, attempt));
        }
    }

    public ValueTask<S3Reply<ObjectInfo>> HeadObjectAsync(string bucketName, string key, FindObjectOptions options, S3Attempt attempt)
    {
        var request = Read(new DirectRequest(HttpMethod.Head, bucketName, key), options);
        return SendAsync(request, attempt, key, static (answer, request, key) =>
            AnswerHeaders.Info(request.BucketName, key, answer.Response, answer.Response.Content.Headers.ContentLength ?? 0));
    }

    public ValueTask<S3Reply<DeleteResult>> DeleteObjectAsync(string bucketName, string key, DeleteObjectOptions options, S3Attempt attempt)
    {
        var request = new DirectRequest(HttpMethod.Delete, bucketName, key)
            .Query("versionId", options.VersionId).Header("If-Match", options.OnlyIfMatch?.ToHeader()).Owner(options);
        return SendAsync(request, attempt, (Key: key, options.VersionId), static (answer, _, state) =>
        {
            var isMarker = string.Equals(
                AnswerHeaders.Find(answer.Response, "x-amz-delete-marker"), "true", StringComparison.OrdinalIgnoreCase);
            var version = AnswerHeaders.Find(answer.Response, "x-amz-version-id");
            return new DeleteResult(state.Key)
            {
                VersionId = state.VersionId ?? (isMarker ? null : version),
                IsDeleteMarker = isMarker,
                DeleteMarkerVersionId = isMarker ? version : null,
            };
        });
    }

    public ValueTask<S3Reply<ObjectInfo>> CopyObjectAsync(
        ObjectAddress source, string bucketName, string key, CopyObjectOptions options, S3Attempt attempt)
    {
        var replaceMetadata = options.ReplaceMetadata ?? options.SetsHeaders;
        var replaceTags = options.ReplaceTags ?? (options.Tags.Count > 0);
        var request = new DirectRequest(HttpMethod.Put, bucketName, key)
            .Source(source)
            .Amz("x-amz-metadata-directive", replaceMetadata ? "REPLACE" : "COPY")
            .Amz("x-amz-tagging-directive", replaceTags ? "REPLACE" : "COPY")
            .Amz("x-amz-copy-source-if-match", options.OnlyIfSourceMatch?.ToHeader())
            .Stored(options).Encrypted(options.Encryption).SourceCustomerKey(options.SourceCustomerKey).Conditions(options).Owner(options);
        if (replaceTags) request.Retagged(options.Tags);
        if (replaceMetadata) request.Described(options);
        return SendForDocumentAsync(request, attempt, (Key: key, Options: options), static (xml, answer, request, state) =>
            AnswerHeaders.Written(request.BucketName, state.Key, 0, state.Options, answer.Response, DocumentFacts.Read(xml)));
    }

    private DirectRequest Read(DirectRequest request, ObjectReadOptions options) => request
        .Query("versionId", options.VersionId).Conditions(options).CustomerKey(options.CustomerKey).Owner(options)
        .Amz("x-amz-checksum-mode", profile.ResponseChecksums == S3ChecksumMode.WhenSupported ? "ENABLED" : null);

    private static string? ContentHeader(HttpResponseMessage response, string name) =>
        response.Content.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
