using System.Globalization;

namespace S3Toolkit.Transport.Credentials;

/// <summary>One request to a service that runs beside the application: no proxy, no redirect, a short wait, a short answer.</summary>
internal sealed class MetadataHttp : IDisposable
{
    // A role's keys take about 1.5 KB.
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public MetadataHttp(TimeProvider time, TimeSpan connectTimeout)
    {
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = connectTimeout })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
    }

    /// <summary>The answer's status and body, or status 0 and the reason why there is none.</summary>
    public async Task<MetadataAnswer> SendAsync(HttpMethod method, Uri uri, string? headerName, string? headerValue, TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout, _time);
        using var request = new HttpRequestMessage(method, uri);
        if (headerName is not null) request.Headers.TryAddWithoutValidation(headerName, headerValue);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, patience.Token).ConfigureAwait(false);
            string body = await response.Content.ReadAsStringAsync(patience.Token).ConfigureAwait(false);
            return new MetadataAnswer((int)response.StatusCode, body, "");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            string seconds = timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return new MetadataAnswer(0, "", $"no answer within {seconds} s") { TimedOut = true };
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new MetadataAnswer(0, "", $"no connection: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What came back. The body may hold keys: it never goes into a message.</summary>
internal readonly record struct MetadataAnswer(int Status, string Body, string Failure)
{
    public bool TimedOut { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public string Describe() =>
        Failure.Length > 0 ? Failure : string.Create(CultureInfo.InvariantCulture, $"HTTP {Status}");
}
