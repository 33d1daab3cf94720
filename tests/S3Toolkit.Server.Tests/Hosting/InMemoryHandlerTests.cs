using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Hosting;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Hosting;

public sealed class InMemoryHandlerTests
{
    private const string Bucket = "test-bucket";

    [Test]
    public async Task Send_ExpectContinueAndRefused_NeverTouchesTheBody()
    {
        await using S3Server server = S3Server.CreateInMemory();
        using HttpClient http = new(server.CreateHandler());
        ProbeContent body = new(1000);
        using HttpRequestMessage request = new(HttpMethod.Put, new Uri(server.Endpoint, "/no-bucket/k")) { Content = body };
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(body.WrittenBytes, Is.Zero);
    }

    /// <summary>The answer is written into headers that bear one thread at a time.</summary>
    [Test]
    public async Task Send_LengthOfTheContent_IsAskedOnTheCallersThreadAlone()
    {
        await using S3Server server = S3Server.CreateInMemory();
        using HttpClient http = new(server.CreateHandler());
        ProbeContent body = new(1000) { DeclaredLength = 1000 };
        using HttpRequestMessage request = new(HttpMethod.Put, new Uri(server.Endpoint, "/no-bucket/k")) { Content = body };
        int caller = Environment.CurrentManagedThreadId;

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That(body.AskedOn, Is.EqualTo(new[] { caller }));
    }

    [Test]
    public async Task Send_ReaderThatStops_HoldsTheServerBack()
    {
        const int length = 4 * 1024 * 1024;
        using HttpRequestMessage request = new(HttpMethod.Get, "http://localhost/b/k");
        InMemoryExchange exchange = new(request, CancellationToken.None);
        await exchange.StartAsync(200, [], length, CancellationToken.None);
        Task write = exchange.Body.WriteAsync(new byte[length]).AsTask();

        using HttpResponseMessage response = await exchange.Response;
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[10]);

        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(length));
        Assert.That(write.IsCompleted, Is.False);
        await stream.ReadExactlyAsync(new byte[length - 10]);
        await write;
    }

    [Test]
    public async Task Send_ReaderTakesItsTime_GetsEveryByte()
    {
        await using S3Server server = S3Server.CreateInMemory();
        await PutAsync(server, 4 * 1024 * 1024);
        using HttpClient http = new(server.CreateHandler());

        using HttpResponseMessage response = await http.GetAsync(await PresignAsync(server), HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync();

        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(4 * 1024 * 1024));
        await stream.ReadExactlyAsync(new byte[4 * 1024 * 1024]);
        Assert.That(await stream.ReadAsync(new byte[1]), Is.Zero);
    }

    [Test]
    public async Task Send_CallerBlocksItsSynchronizationContext_DoesNotDeadlock()
    {
        await using S3Server server = S3Server.CreateInMemory();
        using HttpClient http = new(server.CreateHandler());

        Task<HttpStatusCode> blocked = Task.Factory.StartNew(
            () =>
            {
                // As a window's thread that waits: what is posted to it never runs.
                SynchronizationContext.SetSynchronizationContext(new DeadContext());
                using HttpResponseMessage response = http.PutAsync(server.Endpoint, new ByteArrayContent([1])).GetAwaiter().GetResult();
                return response.StatusCode;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.That(await blocked.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System), Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task Send_AnsweredBeforeTheBodyIsRead_LeavesTheContentAlone()
    {
        await using S3Server server = S3Server.CreateInMemory();
        using HttpClient http = new(server.CreateHandler());
        EndlessStream body = new();
        using HttpRequestMessage request = new(
            HttpMethod.Put, new Uri(server.Endpoint, "/no-bucket/k")) { Content = new StreamContent(body) };

        using HttpResponseMessage response = await http.SendAsync(request);
        int reads = body.Reads;
        for (int i = 0; i < 1000; i++) await Task.Yield();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((body.IsBeingRead, body.Reads), Is.EqualTo((false, reads)));
    }

    [TestCase(500)]
    [TestCase(1500)]
    public async Task Send_ContentOfAnotherLengthThanItSays_ThrowsAsSocketsDo(int written)
    {
        await using S3Server server = S3Server.CreateInMemory();
        await PutAsync(server, 1);
        using HttpClient http = new(server.CreateHandler());
        using HttpRequestMessage request = new(HttpMethod.Put, await PresignAsync(server, HttpVerb.PUT, "broken"))
        {
            Content = new ProbeContent(written) { DeclaredLength = 1000 },
        };

        HttpRequestException? exception = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request));

        Assert.That(exception!.GetBaseException().Message, Does.Contain("Content-Length").And.Contains("1000"));
        Assert.That(server.Requests.Of("PutObject").Count(record => record.Key == "broken" && record.Status == 200), Is.Zero);
    }

    [Test]
    public void Endpoint_OfEachServer_IsItsOwn()
    {
        using S3Server first = S3Server.CreateInMemory();
        using S3Server second = S3Server.CreateInMemory();

        Assert.That(first.Endpoint.Host, Does.EndWith(".localhost").And.Not.EqualTo(second.Endpoint.Host));
    }

    [Test]
    public async Task Send_ContentThatThrowsMidway_WritesNothingAndSaysWhy()
    {
        await using S3Server server = S3Server.CreateInMemory();
        await PutAsync(server, 1);
        using HttpClient http = new(server.CreateHandler());
        using HttpRequestMessage request = new(HttpMethod.Put, await PresignAsync(server, HttpVerb.PUT, "broken"))
        {
            Content = new ProbeContent(1000) { FailsAfterBytes = 500 },
        };

        HttpRequestException? exception = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request));

        Assert.That(exception!.GetBaseException(), Is.InstanceOf<InvalidTimeZoneException>());
        using HttpResponseMessage missing = await http.GetAsync(await PresignAsync(server, HttpVerb.GET, "broken"));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Send_CancelledWhileStalled_EndsAtOnce()
    {
        await using S3Server server = S3Server.CreateInMemory();
        await PutAsync(server, 100);
        server.Faults.Add(new S3FaultRule { Operation = "GetObject", Fault = S3Fault.StallBody(0) });
        using HttpClient http = new(server.CreateHandler());
        using CancellationTokenSource cancellation = new();

        Task<byte[]> download = http.GetByteArrayAsync(await PresignAsync(server), cancellation.Token);
        while (server.Requests.Of("GetObject").Count == 0) await Task.Yield();
        await cancellation.CancelAsync();

        await Assert.ThatAsync(() => download, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Send_ServerDisposed_IsRefused()
    {
        S3Server server = S3Server.CreateInMemory();
        using HttpClient http = new(server.CreateHandler());
        await server.DisposeAsync();

        await Assert.ThatAsync(() => http.GetAsync("http://localhost/"), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Send_VirtualHostedKeyWithALeadingSlash_KeepsTheSlash()
    {
        // In path style the SDK signs "//lead" and sends "/lead", which no server can accept; without a socket any host name resolves.
        await using S3Server server = S3Server.CreateInMemory();
        using AmazonS3Client client = Client(server, pathStyle: false);
        await client.PutBucketAsync(Bucket);

        await client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "/lead", ContentBody = "x" });

        Assert.That((await client.ListObjectsV2Async(new() { BucketName = Bucket })).S3Objects.Single().Key, Is.EqualTo("/lead"));
    }

    private static AmazonS3Client Client(S3Server server, bool pathStyle = true) =>
        new(server.AccessKeyId, server.SecretAccessKey, new AmazonS3Config
    {
        ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = pathStyle, HttpClientFactory = new SdkHttpClientFactory(server),
    });

    private static async Task PutAsync(S3Server server, int length)
    {
        using AmazonS3Client client = Client(server);
        await client.PutBucketAsync(Bucket);
        await client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "k",
            InputStream = new MemoryStream(new byte[length]) });
    }

    private static async Task<string> PresignAsync(S3Server server, HttpVerb verb = HttpVerb.GET, string key = "k")
    {
        using AmazonS3Client client = Client(server);
        return await client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = Bucket, Key = key, Verb = verb, Protocol = Protocol.HTTP,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        });
    }

    private sealed class DeadContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            // never runs
        }
    }

    private sealed class EndlessStream : MemoryStream
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public bool IsBeingRead { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            IsBeingRead = true;
            Interlocked.Increment(ref _reads);
            for (int i = 0; i < 100; i++) await Task.Yield(); // slow, so that the answer comes first
            IsBeingRead = false;
            return buffer.Length;
        }

        public override bool CanSeek => false;
    }

    private sealed class ProbeContent(int length) : HttpContent
    {
        public int? FailsAfterBytes { get; init; }

        public int? DeclaredLength { get; init; }

        public int WrittenBytes { get; private set; }

        /// <summary>The threads that asked for the length.</summary>
        public List<int> AskedOn { get; } = [];

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (; WrittenBytes < length; WrittenBytes++)
            {
                // An exception that nothing else throws.
                if (WrittenBytes == FailsAfterBytes) throw new InvalidTimeZoneException("the source broke");
                await stream.WriteAsync(new byte[1]);
            }
        }

        protected override bool TryComputeLength(out long computed)
        {
            AskedOn.Add(Environment.CurrentManagedThreadId);
            computed = DeclaredLength ?? length;
            return true;
        }
    }
}
