using Amazon.Runtime;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Authentication;

/// <summary>Takes the place of the SDK's HTTP client and keeps the requests that it was about to send, byte for byte.</summary>
internal sealed class CapturingHandler : HttpMessageHandler
{
    public List<S3HttpRequest> Requests { get; } = [];

    public HttpClientFactory AsFactory() => new Factory(this);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        S3HeaderCollection headers = [];
        foreach ((string name, IEnumerable<string> values) in request.Headers.NonValidated.Select(h => (h.Key, h.Value.AsEnumerable())))
        {
            foreach (string value in values) headers.Add(name, value);
        }

        foreach ((string name, IEnumerable<string> values) in request.Content?.Headers.NonValidated.Select(h => (h.Key, h.Value.AsEnumerable())) ?? [])
        {
            foreach (string value in values) headers.Add(name, value);
        }

        if (!headers.Contains("host")) headers.Add("Host", request.RequestUri!.Authority);
        // OriginalString, because the handler without a socket reads it too: AbsolutePath would be as the SDK wrote it only by luck.
        string target = request.RequestUri!.OriginalString[request.RequestUri.GetLeftPart(UriPartial.Authority).Length..];
        string[] parts = target.Split('?', 2);
        Requests.Add(new S3HttpRequest
        {
            Method = request.Method.Method, RawPath = parts[0], RawQuery = parts.Length > 1 ? parts[1] : "", Headers = headers,
            Body = new MemoryStream(body), ContentLength = body.Length,
        });
        return new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new ByteArrayContent([]), RequestMessage = request };
    }

    private sealed class Factory(CapturingHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);
    }
}
