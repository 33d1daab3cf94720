using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace S3Toolkit.Tests.Stores;

/// <summary>What the store sent.</summary>
internal sealed record SentRequest(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool Asks(string part) => PathAndQuery.Contains(part, StringComparison.Ordinal);
}

/// <summary>
/// A store whose requests end in a function of the test, behind the SDK: what is sent and how answers are read is the real thing.
/// </summary>
internal sealed class ScriptedServer : HttpMessageHandler
{
    private readonly ServiceProvider _services;
    private readonly Func<SentRequest, HttpResponseMessage> _answer;

    public ScriptedServer(Func<SentRequest, HttpResponseMessage> answer, Action<S3ToolkitOptions>? configure = null)
    {
        _answer = answer;
        _services = new ServiceCollection().AddLogging().AddS3Toolkit(options =>
        {
            options.Endpoint = new Uri("https://s3.example.com");
            (options.AccessKeyId, options.SecretAccessKey) = ("key", "secret");
            options.HttpMessageHandlerFactory = () => this;
            configure?.Invoke(options);
        }).Services.BuildServiceProvider();
        Store = _services.GetRequiredService<IBucketStore>();
    }

    public IBucketStore Store { get; }

    public IObjectStore Bucket => Store.Bucket("bucket");

    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    public static HttpResponseMessage Xml(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/xml") };

    public static HttpResponseMessage Error(HttpStatusCode status, string code) =>
        Xml($"<Error><Code>{code}</Code><Message>no</Message></Error>", status);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(static header => header.Key, static header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        var sent = new SentRequest(request.Method.Method, request.RequestUri!.PathAndQuery, headers, body);
        Requests.Enqueue(sent);
        var response = _answer(sent);
        response.RequestMessage = request;
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        // The store disposes the handler of its own accord, and the test disposes the store.
        if (disposing) _services.Dispose();
        base.Dispose(disposing);
    }
}
