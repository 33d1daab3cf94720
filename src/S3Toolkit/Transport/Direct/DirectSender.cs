using System.Net;
using System.Runtime.CompilerServices;
using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>Sends one signed request. Whatever answers is a value: an open answer of status 2xx, or an error.</summary>
internal sealed class DirectSender(
    HttpMessageInvoker http, DirectEndpoints endpoints, DirectSigner signer, S3ProviderProfile profile)
{
    private const string ContentEncodingHeader = "Content-Encoding";

    // A key such as "a/../b" must reach the server as it is.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DirectAnswer> SendAsync(DirectRequest request, S3Attempt attempt)
    {
        HttpResponseMessage? response = null;
        try
        {
            var endpoint = endpoints.For(request.BucketName);
            if (request.HasSecret && !endpoint.IsPrivate) return new DirectAnswer(KeyInTheOpen(endpoint));
            var payload = await DirectPayload.PrepareAsync(
                request.Body, Function(request.Checksum), endpoint.CanSendUnsigned, profile.SupportsChunkedTrailers,
                attempt).ConfigureAwait(false);
            using var message = await MessageAsync(request, endpoint, payload, attempt).ConfigureAwait(false);
            response = await http.SendAsync(message, attempt.Token).ConfigureAwait(false);
            attempt.Touch();
            if (response.IsSuccessStatusCode && !IsUnexpectedPage(request, response))
            {
                var open = new DirectAnswer(response, payload.Content?.TrailerValue);
                response = null;
                return open;
            }

            var error = await DirectErrors.ReadAsync(response, attempt).ConfigureAwait(false);
            if (error.Code == S3ErrorCode.RequestTimeTooSkewed && error.ServerTime is { } time) signer.LearnTime(time);
            return new DirectAnswer(error);
        }
        catch (Exception error)
        {
            return new DirectAnswer(DirectErrors.FromException(error, attempt));
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <summary>S3 refuses customer keys over plain http too, but then they have been sent ("Using SSE-C", Amazon S3 user guide).</summary>
    private static S3Error KeyInTheOpen(DirectEndpoint endpoint) => new(
        "InvalidRequest",
        $"a customer key must not go over plain http, where anybody on the way to {endpoint.Host} can read it. Use https; "
            + "nothing was sent");

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HttpRequestMessage> MessageAsync(
        DirectRequest request, DirectEndpoint endpoint, DirectPayload payload, S3Attempt attempt)
    {
        var path = endpoint.PathOf(request.Key);
        var address = request.RawQuery.Length == 0 ? endpoint.Origin + path : $"{endpoint.Origin}{path}?{request.RawQuery}";
        var signed = await signer.SignAsync(request, endpoint, path, payload, attempt.Token).ConfigureAwait(false);
        var message = new HttpRequestMessage(request.Method, new Uri(address, AsWritten));
        foreach (var field in signed.Fields) message.Headers.TryAddWithoutValidation(field.Name, field.Value);
        if (signed.Authorization is not null) message.Headers.TryAddWithoutValidation("Authorization", signed.Authorization);
        foreach (var field in request.Headers) message.Headers.TryAddWithoutValidation(field.Name, field.Value);
        message.Content = Content(request, payload);
        return message;
    }

    private static HttpContent? Content(DirectRequest request, DirectPayload payload)
    {
        HttpContent? content = payload.Content;
        if (content is null && request.ContentHeaders.Length > 0) content = new ByteArrayContent([]);
        if (content is null) return null;
        var isChunked = payload.Content?.IsChunked == true;
        foreach (var field in request.ContentHeaders)
        {
            // What the object is encoded with stays its own; the framing is added to it.
            if (isChunked && field.Name == ContentEncodingHeader) continue;
            content.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }

        if (isChunked) content.Headers.TryAddWithoutValidation(ContentEncodingHeader, WithFraming(request.ContentHeaders));
        return content;
    }

    private static string WithFraming(ReadOnlySpan<HeaderField> headers)
    {
        foreach (var field in headers)
        {
            if (field.Name == ContentEncodingHeader) return field.Value + ",aws-chunked";
        }

        return "aws-chunked";
    }

    private ChecksumFunction? Function(BodyChecksum checksum) => checksum switch
    {
        BodyChecksum.None => null,
        _ when profile.RequestChecksums == S3ChecksumMode.WhenSupported => profile.RequestChecksum,
        BodyChecksum.Required => ChecksumFunction.Crc32,
        _ => null,
    };

    /// <summary>
    /// A page of HTML that comes with a success. An object may well be a page, but S3 gives each an ETag; web servers give one to files,
    /// not to what they make up for any path.
    /// </summary>
    private static bool IsUnexpectedPage(DirectRequest request, HttpResponseMessage response) =>
        response.StatusCode != HttpStatusCode.NoContent
        && response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
        && type.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase)
        && !(request.AnswerMayBePage && response.Headers.NonValidated.Contains("ETag"));
}
