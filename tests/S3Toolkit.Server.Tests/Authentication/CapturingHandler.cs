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
        Copy(request.Headers, headers);
        if (request.Content is not null) Copy(request.Content.Headers, headers);
        if (!headers.Contains("host")) headers.Add("Host", request.RequestUri!.Authority);
        // OriginalString is what the SDK wrote; the parsed parts of a Uri may have been normalised.
        string target = request.RequestUri!.OriginalString[request.RequestUri.GetLeftPart(UriPartial.Authority).Length..];
        string[] parts = target.Split('?', 2);
        Requests.Add(new S3HttpRequest
        {
            Method = request.Method.Method, RawPath = parts[0], RawQuery = parts.Length > 1 ? parts[1] : "", Headers = headers,
            Body = new MemoryStream(body), ContentLength = body.Length,
        });
        return new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new ByteArrayContent([]), RequestMessage = request };
    }

    private static void Copy(System.Net.Http.Headers.HttpHeaders from, S3HeaderCollection to)
    {
        foreach (KeyValuePair<string, System.Net.Http.Headers.HeaderStringValues> header in from.NonValidated)
        {
            foreach (string value in header.Value) to.Add(header.Key, value);
        }
    }

    private sealed class Factory(CapturingHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);
    }
}
