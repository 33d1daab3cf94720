using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace S3Toolkit.Tests.Transport;

/// <summary>S3 sends white space for minutes while it copies: that is no silence.</summary>
[TestFixture]
public sealed class ActivityHandlerTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Test]
    public async Task Complete_AnswerKeptAliveWithWhiteSpace_OutlivesTheInactivityTimeout()
    {
        var server = new SlowCompleteHandler(_time, pause: TimeSpan.FromSeconds(29), pauses: 20);
        await using var services = Provide(server);
        var upload = services.GetRequiredService<IBucketStore>().Bucket("bucket").ResumeMultipart("key", "upload");

        var info = await upload.CompleteAsync([new UploadedPart(1, new ETag("0123"), 5)]);

        Assert.That(info.ETag, Is.EqualTo(new ETag("abc-1")));
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Complete_AnswerThatFallsSilent_IsEndedByTheInactivityTimeout()
    {
        var server = new SlowCompleteHandler(_time, pause: TimeSpan.FromSeconds(31), pauses: 20);
        await using var services = Provide(server);
        var upload = services.GetRequiredService<IBucketStore>().Bucket("bucket").ResumeMultipart("key", "upload");

        var error = await Assert.ThrowsAsync<S3ToolkitException>(() => upload.CompleteAsync([new UploadedPart(1, new ETag("0123"), 5)]));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.InactivityTimeout));
    }

    private ServiceProvider Provide(HttpMessageHandler handler)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time);
        services.AddS3Toolkit(options =>
        {
            options.Endpoint = new Uri("http://127.0.0.1:9");
            (options.AccessKeyId, options.SecretAccessKey) = ("AK", "SK");
            options.HttpMessageHandlerFactory = () => handler;
            options.Resilience.MaxAttempts = 1;
        });
        return services.BuildServiceProvider();
    }

    /// <summary>Answers the head at once, and lets the clock run on before each of the bytes that keep the connection alive.</summary>
    private sealed class SlowCompleteHandler(FakeTimeProvider time, TimeSpan pause, int pauses) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            var content = new System.Net.Http.StreamContent(new SlowStream(time, pause, pauses));
            content.Headers.ContentType = new("application/xml");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }

    private sealed class SlowStream(FakeTimeProvider time, TimeSpan pause, int pauses) : ReadOnlyStream
    {
        private readonly Queue<string> _pieces = new(
        [
            """<?xml version="1.0" encoding="UTF-8"?>""",
            .. Enumerable.Repeat(" ", pauses),
            "<CompleteMultipartUploadResult><Bucket>bucket</Bucket><Key>key</Key><ETag>\"abc-1\"</ETag></CompleteMultipartUploadResult>",
        ]);

        private bool _isDisposed;

        public override int Read(Span<byte> buffer)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_pieces.TryDequeue(out var piece)) return 0;
            if (piece == " ") time.Advance(pause);
            return Encoding.UTF8.GetBytes(piece, buffer);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Read(buffer.Span);
            return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(count);
        }

        protected override void Dispose(bool disposing)
        {
            _isDisposed = true;
            base.Dispose(disposing);
        }
    }
}
