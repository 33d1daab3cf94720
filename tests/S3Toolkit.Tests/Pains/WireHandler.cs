using System.Collections.Concurrent;

namespace S3Toolkit.Tests.Pains;

/// <summary>A request as it went out.</summary>
internal sealed record WireRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public bool HasQuery(string name) => Uri.Query.Contains(name, StringComparison.Ordinal);
}

/// <summary>Keeps what passes, and lets a test step in before a request goes out and after its answer came.</summary>
internal sealed class WireHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly ConcurrentQueue<WireRequest> _requests = new();

    public IReadOnlyList<WireRequest> Requests => [.. _requests];

    public Action<WireRequest>? BeforeSend { get; set; }

    public Action<WireRequest>? AfterAnswer { get; set; }

    public bool IsDisposed { get; private set; }

    public void Clear() => _requests.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = request.Content?.Headers.ContentLength; // asked for, it becomes a header
        var headers = request.Headers.NonValidated
            .Concat(request.Content is null ? [] : request.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var seen = new WireRequest(request.Method.Method, request.RequestUri!, headers);
        _requests.Enqueue(seen);
        BeforeSend?.Invoke(seen);
        var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        AfterAnswer?.Invoke(seen);
        return answer;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
