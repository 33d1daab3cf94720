using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>The transport over the AWS SDK. The SDK throws for every answer that is not 2xx; here that becomes a value.</summary>
internal sealed partial class SdkTransport(RegionalClients clients, S3ProviderProfile profile) : IS3Transport
{
    public ValueTask<S3Reply<ObjectInfo>> PutObjectAsync(
        string bucketName, string key, RequestBody body, PutObjectOptions options, S3Attempt attempt)
    {
        var request = SdkRequests.Put(bucketName, key, options);
        var client = clients.For(bucketName);
        (request.UseChunkEncoding, request.DisablePayloadSigning) = PayloadSigning(client);
        return SendBodyAsync(
            request,
            options,
            body,
            attempt,
            (stream, token) =>
            {
                request.InputStream = stream;
                return client.PutObjectAsync(request, token);
            },
            response => SdkReplies.Written(bucketName, key, body.Length, options, response.ETag, response.VersionId, SdkReplies.Checksum(
                response.ChecksumCRC64NVME, response.ChecksumCRC32C, response.ChecksumCRC32, response.ChecksumSHA256,
                response.ChecksumSHA1)));
    }

    public ValueTask<S3Reply<GetReply>> GetObjectAsync(string bucketName, string key, GetObjectOptions options, S3Attempt attempt)
    {
        var request = SdkRequests.Get(bucketName, key, options);
        if (profile.ResponseChecksums == S3ChecksumMode.WhenSupported) request.ChecksumMode = ChecksumMode.ENABLED;
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).GetObjectAsync(request, token),
            response =>
            {
                var range = ContentRange.TryParse(response.ContentRange, out var sent) ? sent : default(ContentRange?);
                var length = SdkReplies.Length(response);
                var info = SdkReplies.Info(bucketName, key, response, range?.TotalBytes ?? length);
                return new GetReply(info, range, length, new SdkBodyStream(response, bucketName, key));
            });
    }

    public ValueTask<S3Reply<ObjectInfo>> HeadObjectAsync(string bucketName, string key, FindObjectOptions options, S3Attempt attempt)
    {
        var request = SdkRequests.Head(bucketName, key, options);
        if (profile.ResponseChecksums == S3ChecksumMode.WhenSupported) request.ChecksumMode = ChecksumMode.ENABLED;
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).GetObjectMetadataAsync(request, token),
            response => SdkReplies.Info(bucketName, key, response));
    }

    public ValueTask<S3Reply<DeleteResult>> DeleteObjectAsync(string bucketName, string key, DeleteObjectOptions options, S3Attempt attempt)
    {
        var request = new DeleteObjectRequest
        {
            BucketName = bucketName,
            Key = key,
            VersionId = options.VersionId,
            IfMatch = options.OnlyIfMatch?.ToHeader(),
            ExpectedBucketOwner = options.ExpectedBucketOwner,
        };
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).DeleteObjectAsync(request, token),
            response =>
            {
                var isMarker = string.Equals(response.DeleteMarker, "true", StringComparison.OrdinalIgnoreCase);
                var version = SdkReplies.Version(response.VersionId);
                return new DeleteResult(key)
                {
                    VersionId = options.VersionId ?? (isMarker ? null : version),
                    IsDeleteMarker = isMarker,
                    DeleteMarkerVersionId = isMarker ? version : null,
                };
            });
    }

    public ValueTask<S3Reply<IReadOnlyList<DeleteResult>>> DeleteObjectsAsync(
        string bucketName, IReadOnlyList<ObjectIdentifier> objects, DeleteManyOptions options, S3Attempt attempt)
    {
        var request = new DeleteObjectsRequest { BucketName = bucketName, ExpectedBucketOwner = options.ExpectedBucketOwner, Objects = [] };
        foreach (var item in objects)
            request.Objects.Add(new KeyVersion { Key = item.Key, VersionId = item.VersionId, ETag = item.ETag?.Value });
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            async token =>
            {
                try
                {
                    return await clients.For(bucketName).DeleteObjectsAsync(request, token).ConfigureAwait(false);
                }
                catch (DeleteObjectsException partial)
                {
                    // Some keys failed, others did not: an answer, not an error.
                    return partial.Response;
                }
            },
            SdkDeletes.Results);
    }

    public ValueTask<S3Reply<ObjectInfo>> CopyObjectAsync(
        ObjectAddress source, string bucketName, string key, CopyObjectOptions options, S3Attempt attempt)
    {
        var request = SdkRequests.Copy(source, bucketName, key, options);
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).CopyObjectAsync(request, token),
            response => SdkReplies.Written(bucketName, key, 0, options, response.ETag, response.VersionId, SdkReplies.Checksum(
                response.ChecksumCRC64NVME, response.ChecksumCRC32C, response.ChecksumCRC32, response.ChecksumSHA256,
                response.ChecksumSHA1))
                with { LastModified = SdkReplies.Time(response.LastModified) });
    }

    private static async ValueTask<S3Reply<T>> SendBodyAsync<TResponse, T>(
        AmazonWebServiceRequest request,
        S3CallOptions? options,
        RequestBody body,
        S3Attempt attempt,
        Func<Stream, CancellationToken, Task<TResponse>> send,
        Func<TResponse, T> read)
    {
        Stream stream;
        try
        {
            stream = new WatchedStream(body.Open(), attempt);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return S3Reply<T>.Failed(SdkErrors.FromException(error));
        }

        await using var owned = stream.ConfigureAwait(false);
        return await SdkSend.SendAsync(request, options, attempt, token => send(stream, token), read).ConfigureAwait(false);
    }

    /// <summary>
    /// Servers without aws-chunked get a plain body: unsigned over https, signed as a whole over http, where the SDK refuses to leave it
    /// unsigned.
    /// </summary>
    private (bool UseChunkEncoding, bool? DisablePayloadSigning) PayloadSigning(IAmazonS3 client)
    {
        if (profile.SupportsChunkedSigning) return (true, null);
        var overHttp = client.Config?.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true;
        return (false, overHttp ? null : true);
    }
}
