using Microsoft.Extensions.DependencyInjection;
using S3Toolkit.Tests.Pains;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>What a user hears of a server that does not behave as the textbook has it, over real connections.</summary>
[TestFixture]
internal sealed class EarlyAnswerTests
{
    private const string Denied =
        "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";

    // S3 refuses by the head alone. What is sent after that is in vain, or breaks the connection that the refusal comes by.
    [Test]
    public async Task LargeBody_RefusedByItsHead_IsNotSent()
    {
        var bodyBytes = new TaskCompletionSource<long>();
        using var server = new RawServer(async (_, stream) =>
        {
            await RawServer.SayAsync(stream, $"HTTP/1.1 403 Forbidden\r\nContent-Length: {Denied.Length}\r\n\r\n{Denied}");
            bodyBytes.SetResult(await CountAsync(stream));
        });
        await using var services = Store(server.Endpoint);

        var error = await Assert.CatchAsync<S3ToolkitException>(() => Bucket(services).PutAsync("k", PainContent.Bytes(4 * 1024 * 1024)));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.AccessDenied));
        Assert.That(error.Attempts, Is.EqualTo(1));
        Assert.That(await bodyBytes.Task, Is.Zero);
    }

    [Test]
    public async Task SmallBody_DoesNotWaitForTheServersLeave()
    {
        string? head = null;
        using var server = new RawServer(async (sent, stream) =>
        {
            head = sent;
            await stream.ReadExactlyAsync(new byte[10]);
            await RawServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n");
        });
        await using var services = Store(server.Endpoint);

        await Bucket(services).PutAsync("k", PainContent.Bytes(10));

        Assert.That(head, Does.Not.Contain("Expect"));
    }

    [Test]
    public async Task Errors_WithBodies_GiveTheirConnectionBack()
    {
        using var server = new RawServer(static (_, stream) => RawServer.SayAsync(
            stream, $"HTTP/1.1 403 Forbidden\r\nContent-Length: {Denied.Length}\r\n\r\n{Denied}"));
        await using var services = Store(server.Endpoint);
        var bucket = Bucket(services);

        for (var i = 0; i < 5; i++) await Assert.CatchAsync<S3ToolkitException>(() => bucket.ReadBytesAsync("k"));

        Assert.That(server.Requests, Is.EqualTo(5));
        Assert.That(server.Connections, Is.EqualTo(1));
    }

    // A page without Content-Length ends with its connection; one that is cut off is not a shorter listing.
    [Test]
    public async Task Listing_CutOffWithoutALength_IsAnError()
    {
        using var server = new RawServer(static async (_, stream) =>
        {
            await RawServer.SayAsync(
                stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<ListBucketResult><Contents><Key>a</Key></Contents>");
            stream.Socket.Close();
        });
        await using var services = Store(server.Endpoint);

        Assert.That(
            async () => await Bucket(services).ListAsync().ToListAsync(),
            Throws.InstanceOf<S3ToolkitException>()
                .With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.NotAnS3Endpoint));
    }

    [Test]
    public async Task Error_LongerThanAnyReason_IsNotReadToItsEnd()
    {
        long sent = 0;
        using var server = new RawServer(async (_, stream) =>
        {
            await RawServer.SayAsync(
                stream, "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n<Error><Code>AccessDenied</Code><Message>");
            var block = Enumerable.Repeat((byte)'x', 64 * 1024).ToArray();
            for (; sent < 256 * 1024 * 1024; sent += block.Length) await stream.WriteAsync(block);
        });
        await using var services = Store(server.Endpoint);

        var error = await Assert.CatchAsync<S3ToolkitException>(() => Bucket(services).ReadBytesAsync("k"));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.AccessDenied));
        Assert.That(sent, Is.LessThan(64 * 1024 * 1024));
    }

    [TestCase("x\r\nx-amz-acl: public-read")]
    public async Task ETag_WithALineBreak_AddsNoHeader(string etag)
    {
        var heads = new List<string>();
        using var server = new RawServer(async (sent, stream) =>
        {
            lock (heads) heads.Add(sent);
            await RawServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n");
        });
        await using var services = Store(server.Endpoint);

        try
        {
            await Bucket(services).FindAsync("k", new FindObjectOptions { OnlyIfNoneMatch = new ETag(etag) });
        }
        catch (Exception error) when (error is ArgumentException or S3ToolkitException or FormatException)
        {
            // refused is as well
        }

        lock (heads) Assert.That(heads.SelectMany(static head => head.Split("\r\n")), Has.None.StartsWith("x-amz-acl"));
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        long count = 0;
        while (await stream.ReadAsync(buffer) is > 0 and var read) count += read;
        return count;
    }

    private static IObjectStore Bucket(ServiceProvider services) => services.GetRequiredService<IBucketStore>().Bucket("bucket");

    private static ServiceProvider Store(Uri endpoint) => new ServiceCollection().AddS3Toolkit(options =>
    {
        options.Endpoint = endpoint;
        (options.AccessKeyId, options.SecretAccessKey) = ("AK", "SK");
        options.Resilience.RetryDelay = TimeSpan.FromMilliseconds(1);
    }).Services.BuildServiceProvider();
}
