using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>Sends one signed request. Whatever answers is a value: an open answer of status 2xx, or an error.</summary>
internal sealed class DirectSender(
    HttpMessageInvoker http, DirectEndpoints endpoints, DirectSigner signer, S3ProviderProfile profile)
{
    private const string ContentEncodingHeader = "Content-Encoding";

    // From here on a round trip costs less than a body that is sent in vain. AWS's SDK for Java draws the line here too.
    private const long MinExpectBytes = 1024 * 1024;

    private static readonly string UserAgent = "S3Toolkit/" + typeof(DirectSender).Assembly.GetName().Version!.ToString(3);

    // A key such as "a/../b" must reach the server as it is.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DirectAnswer> SendAsync(DirectRequest request, S3Attempt attempt)
    {
        try
        {
            var (answer, again) = await SendAsync(request, endpoints.For(request.BucketName), attempt).ConfigureAwait(false);
            // Moved, or signed with keys that have been replaced: nothing has failed yet, so that is the same attempt.
            if (again is not null) (answer, _) = await SendAsync(request, again, attempt).ConfigureAwait(false);
            return answer;
        }
        catch (Exception error)
        {
            return new DirectAnswer(DirectErrors.FromException(error, attempt));
        }
    }

    /// <summary>Sends to an endpoint; after an error that it can mend, also says where to send again.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(DirectAnswer Answer, DirectEndpoint? Again)> SendAsync(
        DirectRequest request, DirectEndpoint endpoint, S3Attempt attempt)
    {
        if (request.HasSecret && !endpoint.IsPrivate) return (new DirectAnswer(KeyInTheOpen(endpoint)), null);
        var payload = await DirectPayload.PrepareAsync(
            request.Body, Function(request.Checksum), endpoint.CanSendUnsigned, profile.SupportsChunkedTrailers,
            attempt).ConfigureAwait(false);
        var path = endpoint.PathOf(request.Key);
        var signed = await signer.SignAsync(request, endpoint, path, payload, attempt.Token).ConfigureAwait(false);
        using var message = Message(request, endpoint.Origin + path, signed, payload);
        attempt.Touch();
        var response = await http.SendAsync(message, attempt.Token).ConfigureAwait(false);
        attempt.Touch();
        if (response.IsSuccessStatusCode && !IsUnexpectedPage(request, response))
            return (new DirectAnswer(response, payload.Checksum), null);
        using var refusal = response;
        var error = await DirectErrors.ReadAsync(response, attempt).ConfigureAwait(false);
        return (new DirectAnswer(error), Again(request, endpoint, signed, response, error));
    }

    private DirectEndpoint? Again(
        DirectRequest request, DirectEndpoint endpoint, SignedHeaders signed, HttpResponseMessage response, S3Error error)
    {
        if (error.ServerTime is { } time && IsForItsTime(request, error, time)) signer.LearnTime(time);
        if (error.Code.Value == "ExpiredToken" && signer.TryRenew(signed)) return endpoint;
        // Where the region is named, it is learned for all requests of the bucket.
        var isMoved = error is { StatusCode: HttpStatusCode.TemporaryRedirect, BucketRegion: null };
        return isMoved && response.Headers.Location is { IsAbsoluteUri: true } location ? endpoint.MovedTo(location) : null;
    }

    private bool IsForItsTime(DirectRequest request, S3Error error, DateTimeOffset time) =>
        error.Code == S3ErrorCode.RequestTimeTooSkewed
        // Answers to HEAD have no body that would say why.
        || (request.Method == HttpMethod.Head && error.StatusCode == HttpStatusCode.Forbidden && signer.IsOff(time));

    /// <summary>S3 refuses customer keys over plain http too, but then they have been sent ("Using SSE-C", Amazon S3 user guide).</summary>
    private static S3Error KeyInTheOpen(DirectEndpoint endpoint) => new(
        "InvalidRequest",
        $"a customer key must not go over plain http, where anybody on the way to {endpoint.Host} can read it. Use https; "
        + "nothing was sent");

    private static HttpRequestMessage Message(DirectRequest request, string address, SignedHeaders signed, DirectPayload payload)
    {
        if (request.RawQuery.Length > 0) address = $"{address}?{request.RawQuery}";
        var message = new HttpRequestMessage(request.Method, new Uri(address, AsWritten));
        var headers = message.Headers;
        headers.TryAddWithoutValidation("User-Agent", UserAgent);
        foreach (var field in signed.Fields) headers.TryAddWithoutValidation(field.Name, OneLine(field));
        if (signed.Authorization is not null) headers.TryAddWithoutValidation("Authorization", signed.Authorization);
        foreach (var field in request.Headers) headers.TryAddWithoutValidation(field.Name, OneLine(field));
        message.Content = Content(request, payload);
        // A refusal then comes before the body, and not as a connection that breaks while the body is sent.
        if (request.Body?.Length >= MinExpectBytes) headers.ExpectContinue = true;
        return message;
    }

    /// <summary>
    /// HttpClient writes a value that it was told not to validate as it is: what follows a line break would be a header. Of what is not
    /// ASCII it says so as of a broken connection, which would be tried again.
    /// </summary>
    private static string OneLine(HeaderField field) => Ascii.IsValid(field.Value) && field.Value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0
        ? field.Value
        : throw new ArgumentException($"The header {field.Name} has a character that no header can carry.");

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
            content.Headers.TryAddWithoutValidation(field.Name, OneLine(field));
        }

        if (isChunked) content.Headers.TryAddWithoutValidation(ContentEncodingHeader, WithFraming(request.ContentHeaders));
        return content;
    }

    private static string WithFraming(ReadOnlySpan<HeaderField> headers)
    {
        foreach (var field in headers)
        {
            if (field.Name == ContentEncodingHeader && field.Value.Length > 0) return field.Value + ",aws-chunked";
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
    /// not to what they make up for any path. Google's answers to writes are empty and say that they are HTML.
    /// </summary>
    private static bool IsUnexpectedPage(DirectRequest request, HttpResponseMessage response) =>
        response.StatusCode != HttpStatusCode.NoContent
        && response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
        && type.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase)
        && !response.Headers.NonValidated.Contains("ETag")
        && (request.IsRead || response.Content.Headers.ContentLength != 0);
}
