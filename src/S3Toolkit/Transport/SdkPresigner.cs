using System.Collections.ObjectModel;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>Makes presigned requests and forms with the SDK's client for the address that the outside uses. Nothing is sent.</summary>
/// <param name="clients">The store's clients, or those of its public endpoint.</param>
/// <param name="endpoint">The public endpoint; null for AWS.</param>
/// <param name="credentials">What signs, as far as it is known here: a signature ends with them.</param>
internal sealed class SdkPresigner(RegionalClients clients, Uri? endpoint, AWSCredentials? credentials)
{
    public ValueTask<S3Reply<PresignedRequest>> PresignAsync(
        string bucketName, string key, PresignOptions options, DateTimeOffset now, S3Attempt attempt)
    {
        RequireCredentials(bucketName, key);
        var expiresAt = now + options.ExpiresIn;
        var request = new GetPreSignedUrlRequest
        {
            BucketName = bucketName,
            Key = key,
            VersionId = options.VersionId,
            Verb = Verb(options.Operation),
            Expires = expiresAt.UtcDateTime,
            // The SDK's default is https whatever the endpoint says.
            Protocol = endpoint?.Scheme == Uri.UriSchemeHttp ? Protocol.HTTP : Protocol.HTTPS,
        };
        if (options.ContentType is not null) request.ContentType = options.ContentType;
        foreach (var (name, value) in options.Headers) request.Headers[name] = value;
        if (options.ResponseContentDisposition is not null || options.ResponseContentType is not null)
        {
            request.ResponseHeaderOverrides = new ResponseHeaderOverrides
            {
                ContentDisposition = options.ResponseContentDisposition,
                ContentType = options.ResponseContentType,
            };
        }

        var headers = new Dictionary<string, string>(options.Headers, StringComparer.OrdinalIgnoreCase);
        if (options.ContentType is { } contentType) headers["Content-Type"] = contentType;
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).GetPreSignedURLAsync(request).WaitAsync(token),
            url =>
            {
                // Keys such as "a/../b" must reach the server as they are.
                var uri = new Uri(
                    LeadingSlashHandler.Restore(url, bucketName, key),
                    new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
                return new PresignedRequest(
                    Method(options.Operation), uri, new ReadOnlyDictionary<string, string>(headers), EndsAt(expiresAt));
            });
    }

    public ValueTask<S3Reply<PresignedPost>> PresignPostAsync(
        string bucketName, string key, PresignPostOptions options, DateTimeOffset now, S3Attempt attempt)
    {
        RequireCredentials(bucketName, key);
        var expiresAt = now + options.ExpiresIn;
        var request = new CreatePresignedPostRequest { BucketName = bucketName, Expires = expiresAt.UtcDateTime };
        if (options.KeyIsPrefix) request.Conditions.Add(S3PostCondition.StartsWith("key", key));
        else request.Key = key;
        if (options.ContentType is { } contentType) request.Fields["Content-Type"] = contentType;
        foreach (var (name, value) in options.Fields) request.Fields[name] = value;
        if (options.MaxContentLengthBytes is { } most)
            request.Conditions.Add(S3PostCondition.ContentLengthRange(options.MinContentLengthBytes, most));
        else if (options.MinContentLengthBytes > 0)
            request.Conditions.Add(S3PostCondition.ContentLengthRange(options.MinContentLengthBytes, long.MaxValue));
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).CreatePresignedPostAsync(request).WaitAsync(token),
            response =>
            {
                var fields = new Dictionary<string, string>(response.Fields, StringComparer.Ordinal);
                if (options.KeyIsPrefix) fields["key"] = key + "${filename}";
                return new PresignedPost(new Uri(response.Url), new ReadOnlyDictionary<string, string>(fields), EndsAt(expiresAt));
            });
    }

    private void RequireCredentials(string bucketName, string key)
    {
        if (credentials is AnonymousAWSCredentials)
        {
            throw new InvalidOperationException(
                $"A request for s3://{bucketName}/{key} cannot be presigned: the store is Anonymous and has nothing to sign with. "
                + "Give it credentials.");
        }
    }

    /// <summary>Temporary credentials that end first take the signature with them.</summary>
    private DateTimeOffset EndsAt(DateTimeOffset expiresAt) =>
        SdkReplies.Time(credentials?.Expiration) is { } end && end < expiresAt ? end : expiresAt;

    private static HttpVerb Verb(PresignedOperation operation) => operation switch
    {
        PresignedOperation.Put => HttpVerb.PUT,
        PresignedOperation.Delete => HttpVerb.DELETE,
        PresignedOperation.Head => HttpVerb.HEAD,
        _ => HttpVerb.GET,
    };

    private static string Method(PresignedOperation operation) => operation switch
    {
        PresignedOperation.Put => "PUT",
        PresignedOperation.Delete => "DELETE",
        PresignedOperation.Head => "HEAD",
        _ => "GET",
    };
}
