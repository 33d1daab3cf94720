using System.Net;
using System.Text;
using S3Toolkit.Server.Wire;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Replication;

/// <summary>Signed requests to the bucket of another server.</summary>
internal sealed class ReplicationClient : IDisposable
{
    /// <summary>S3's answers are small; what is larger is none.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    private readonly HttpClient _http;
    private readonly RequestSigner _signer;
    private readonly string _origin;
    private readonly string _authority;
    private readonly string _bucketName;

    public ReplicationClient(S3ReplicationTarget target, string bucketName)
    {
        HttpMessageHandler handler = target.HandlerFactory?.Invoke() ?? new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15),
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
        _signer = new RequestSigner(
            new SigningCredential(target.AccessKeyId, target.SecretAccessKey), target.Region, new SigningKeyCache());
        _origin = target.Endpoint.GetLeftPart(UriPartial.Authority);
        _authority = target.Endpoint.Authority;
        _bucketName = bucketName;
    }

    /// <summary>Sends, and gives the answer whatever it is.</summary>
    /// <exception cref="ReplicationException">There was none.</exception>
    public async Task<ReplicationAnswer> SendAsync(
        HttpMethod method, string key, string query, IReadOnlyList<HeaderField> headers, HttpContent? content,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string path = $"/{_bucketName}/{S3UriEncoding.EncodePath(key)}";
        HeaderField[] signed =
        [
            new("host", _authority), new("x-amz-content-sha256", PayloadHash.UnsignedText), new("x-amz-date", SigningTime.Format(now)),
            .. headers,
        ];
        // The path must go out as it was signed: Uri would take dots and slashes out of a key.
        Uri address = new(
            _origin + path + (query.Length > 0 ? "?" + query : ""),
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using HttpRequestMessage request = new(method, address) { Content = content ?? new ByteArrayContent([]) };
        foreach (HeaderField header in signed)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value))
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }
        string authorization = _signer.SignHeaders(method.Method, path, query, signed, PayloadHash.UnsignedText, now);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return new ReplicationAnswer(
                response.StatusCode, response.Headers.ETag?.Tag, S3XmlNode.TryParse(body, maxElements: 1000, maxDepth: 16));
        }
        // A handler that is cancelled by nobody here, or gone, is that of a server which has stopped.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            throw new ReplicationException("The destination did not answer: " + exception.Message, isTransient: true, exception);
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <param name="Status">Its status.</param>
/// <param name="ETag">Its ETag with the quotes; null when it has none.</param>
/// <param name="Document">Its body; null when that is no XML.</param>
internal sealed record ReplicationAnswer(HttpStatusCode Status, string? ETag, S3XmlNode? Document)
{
    public string? ErrorCode => Document?.Name == "Error" ? Document.TextOf("Code") : null;

    public bool IsDone => (int)Status is >= 200 and < 300 && ErrorCode is null;

    /// <exception cref="ReplicationException">It is an error.</exception>
    public ReplicationAnswer Require()
    {
        if (IsDone) return this;
        // An upload that is gone is begun anew the next time.
        bool isTransient = (int)Status >= 500 || Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            || ErrorCode is "SlowDown" or "RequestTimeout" or "OperationAborted" or "ConditionalRequestConflict" or "NoSuchUpload";
        throw new ReplicationException($"The destination answered {(int)Status} {ErrorCode}.", isTransient);
    }
}
