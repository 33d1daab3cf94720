using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace S3Toolkit.Server.Notifications;

/// <summary>
/// Posts events to a URL, one after the other, a few times each. Its queue is bounded: what does not fit is dropped and logged, so that a
/// receiver that is down costs the requests nothing.
/// </summary>
internal sealed partial class Webhook : IAsyncDisposable
{
    private const int Capacity = 10_000;

    private const int MaxAttempts = 4;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    private readonly Uri _target;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<WebhookMessage> _queue;
    private readonly Task _loop;

    public Webhook(Uri target, TimeProvider time, ILogger logger)
    {
        (_target, _time, _logger) = (target, time, logger);
        // The event is about a request of its own; it must not go out through a proxy that the test's environment names.
        _http = new HttpClient(
            new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        _queue = Channel.CreateBounded<WebhookMessage>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            dropped => LogDropped(dropped.EventName, dropped.BucketName));
        _loop = Task.Run(LoopAsync);
    }

    public void Add(WebhookMessage message) => _queue.Writer.TryWrite(message);

    /// <summary>Stops without a wait for what is under way.</summary>
    public void Stop() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _loop.ConfigureAwait(false);
        _http.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            await foreach (WebhookMessage message in _queue.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
                await DeliverAsync(message).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // stopped
        }
    }

    private async Task DeliverAsync(WebhookMessage item)
    {
        byte[] message = Encoding.UTF8.GetBytes(item.Write());
        for (int attempt = 1; ; attempt++)
        {
            string failure = await PostAsync(message).ConfigureAwait(false);
            if (failure.Length == 0) return;
            if (attempt == MaxAttempts)
            {
                LogUndelivered(item.EventName, item.BucketName, MaxAttempts, failure);
                return;
            }
            // 100 ms, 400 ms, 1.6 s
            await Task.Delay(TimeSpan.FromMilliseconds(100 * Math.Pow(4, attempt - 1)), _time, _stopping.Token).ConfigureAwait(false);
        }
    }

    /// <summary>What went wrong; "" when nothing did.</summary>
    private async Task<string> PostAsync(byte[] message)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using ITimer timer = _time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), limit, AttemptTimeout, Timeout.InfiniteTimeSpan);
        using ByteArrayContent content = new(message);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        try
        {
            using HttpResponseMessage response = await _http.PostAsync(_target, content, limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? "" : $"status {(int)response.StatusCode}";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "The webhook's queue is full: {EventName} of bucket {Bucket} was dropped.")]
    private partial void LogDropped(string eventName, string bucket);

    [LoggerMessage(31, LogLevel.Warning, "The webhook did not take {EventName} of bucket {Bucket} in {Attempts} attempts: {Failure}.")]
    private partial void LogUndelivered(string eventName, string bucket, int attempts, string failure);
}
