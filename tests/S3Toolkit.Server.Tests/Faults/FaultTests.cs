using System.Net;
using System.Net.Http.Headers;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Faults;

public sealed class FaultTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task SlowDown_FirstTwoRequests_ThenServes()
    {
        S3FaultHandle fault = Server.Faults.Add(new S3FaultRule
        {
            Operation = "PutObject", Key = "dir/*", MaxRequests = 2, Fault = S3Fault.SlowDown(TimeSpan.FromSeconds(3)),
        });

        AmazonS3Exception error = await ErrorOf(() => PutAsync("dir/k", "x"));
        await ErrorOf(() => PutAsync("dir/k", "x"));
        await PutAsync("other", "x");
        await PutAsync("dir/k", "x");

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "SlowDown")));
        Assert.That(fault.StrikeCount, Is.EqualTo(2));
        Assert.That(Server.Requests.Of("PutObject").Select(record => record.Status), Is.EqualTo(new int?[] { 503, 503, 200, 200 }));
    }

    [Test]
    public async Task Error_WithRetryAfter_SendsBothHeaders()
    {
        Server.Faults.Add(new S3FaultRule { Fault = S3Fault.SlowDown(TimeSpan.FromMilliseconds(1500)) });
        using HttpClient http = CreateHttpClient();

        using HttpResponseMessage response = await http.GetAsync(Server.Endpoint);

        Assert.That(response.Headers.RetryAfter, Is.EqualTo(new RetryConditionHeaderValue(TimeSpan.FromSeconds(2))));
        Assert.That(response.Headers.GetValues("x-amz-retry-after").Single(), Is.EqualTo("1500"));
        Assert.That(response.Headers.GetValues("x-amz-request-id").Single(), Has.Length.EqualTo(16));
    }

    [Test]
    public async Task ResetBeforeRead_Put_WritesNothing()
    {
        using S3FaultHandle fault = Server.Faults.Add(new S3FaultRule { Operation = "PutObject", Fault = S3Fault.ResetBeforeRead() });

        Assert.That(await FailureOf(() => PutAsync("k", "x")), Is.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>());

        fault.Dispose();
        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task ResetAfterCommit_Put_WritesButDoesNotSaySo()
    {
        Server.Faults.Add(new S3FaultRule { Operation = "PutObject", MaxRequests = 1, Fault = S3Fault.ResetAfterCommit() });

        Assert.That(await FailureOf(() => PutAsync("k", "x")), Is.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>());

        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
        Assert.That(Server.Requests.Of("PutObject").Single().Status, Is.Null);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(70_000)]
    [TestCase(99_999)]
    public async Task TruncateBody_Get_BreaksAfterSoManyBytes(int bytes)
    {
        await PutAsync("k", new string('x', 100_000));
        Server.Faults.Add(new S3FaultRule { Operation = "GetObject", Fault = S3Fault.TruncateBody(bytes) });
        using GetObjectResponse response = await Client.GetObjectAsync(Bucket, "k");
        CountingStream sink = new();

        Exception failure = await FailureOf(() => response.ResponseStream.CopyToAsync(sink));

        Assert.That(failure, Is.InstanceOf<IOException>());
        Assert.That(sink.Count, Is.EqualTo(bytes));
    }

    [Test]
    public async Task FlipByte_Get_CorruptsTheCopyAndNotTheObject()
    {
        await PutAsync("k", "0123456789");
        using (Server.Faults.Add(new S3FaultRule { Operation = "GetObject", Fault = S3Fault.FlipByte(3) }))
        {
            using HttpClient http = CreateHttpClient();
            byte[] bytes = await http.GetByteArrayAsync(await PresignAsync("k"));
            Assert.That(bytes[3], Is.EqualTo((byte)('3' ^ 0xFF)));
        }

        Assert.That(await ReadAsync("k"), Is.EqualTo("0123456789"));
    }

    [Test]
    public async Task StallBody_UntilReleased_GivesTheRestThen()
    {
        await PutAsync("k", "0123456789");
        S3FaultHandle fault = Server.Faults.Add(new S3FaultRule { Operation = "GetObject", Fault = S3Fault.StallBody(4) });
        using GetObjectResponse response = await Client.GetObjectAsync(Bucket, "k");
        byte[] buffer = new byte[10];
        await response.ResponseStream.ReadExactlyAsync(buffer.AsMemory(0, 4));

        ValueTask rest = response.ResponseStream.ReadExactlyAsync(buffer.AsMemory(4));
        Assert.That(rest.IsCompleted, Is.False);
        fault.Release();
        await rest;

        Assert.That(buffer, Is.EqualTo("0123456789"u8.ToArray()));
    }

    [Test]
    public async Task StallBody_ClientLeaves_ServerIsStillThere()
    {
        await PutAsync("k", "0123456789");
        Server.Faults.Add(new S3FaultRule { Operation = "GetObject", MaxRequests = 1, Fault = S3Fault.StallBody(4) });
        using (GetObjectResponse response = await Client.GetObjectAsync(Bucket, "k"))
        {
            await response.ResponseStream.ReadExactlyAsync(new byte[4]);
        }

        Assert.That(await ReadAsync("k"), Is.EqualTo("0123456789"));
    }

    [Test]
    public async Task OkWithError_Copy_CopiesNothing()
    {
        await PutAsync("k", "x");
        Server.Faults.Add(new S3FaultRule { Operation = "CopyObject", Fault = S3Fault.OkWithError() });

        await FailureOf(() => Client.CopyObjectAsync(Bucket, "k", Bucket, "copy"));

        Assert.That(Server.Requests.Of("CopyObject").Single().Status, Is.EqualTo(200));
        Assert.That((await ErrorOf(() => ReadAsync("copy"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task Html_Get_IsNoS3()
    {
        Server.Faults.Add(new S3FaultRule { Fault = S3Fault.Html() });
        using HttpClient http = CreateHttpClient();

        Assert.That(await http.GetStringAsync(Server.Endpoint), Does.StartWith("<!DOCTYPE html>"));
    }

    [Test]
    public async Task EveryNth_AfterSkipped_StrikesTheRightOnes()
    {
        Server.Faults.Add(new S3FaultRule { Operation = "PutObject", SkipRequests = 1, EveryNth = 2, MaxRequests = 2,
            Fault = S3Fault.InternalError() });

        for (int i = 0; i < 7; i++) await FailureOrNull(() => PutAsync("k", "x"));

        Assert.That(
            Server.Requests.Of("PutObject").Select(record => record.Status),
            Is.EqualTo(new int?[] { 200, 500, 200, 500, 200, 200, 200 }));
    }

    private async Task<string> PresignAsync(string key) => await Client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
    {
        BucketName = Bucket, Key = key, Protocol = Protocol.HTTP, Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
    });

    private static async Task<Exception> FailureOf(Func<Task> call) =>
        await FailureOrNull(call) ?? throw new AssertionException("The call was expected to fail.");

    private static async Task<Exception?> FailureOrNull(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Count { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count += buffer.Length;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
