using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Requests;

public sealed class RequestTotalsTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task MaxInFlight_OneAfterTheOther_IsOne()
    {
        Server.Requests.Clear();

        for (int i = 0; i < 20; i++)
        {
            await PutAsync($"k{i}", "content");
            await ReadAsync($"k{i}");
        }

        Assert.That((Server.Requests.MaxInFlight, Server.Requests.InFlight, Server.Requests.Total), Is.EqualTo((1, 0, 40L)));
    }

    [Test]
    public async Task MaxInFlight_BodiesNotReadYet_CountsThem()
    {
        await PutAsync("k", new string('x', 1_000_000));
        await PutAsync("other", "x");
        using S3FaultHandle stall = Server.Faults.Add(
            new S3FaultRule { Operation = "GetObject", Key = "k", Fault = S3Fault.StallBody(10) });
        Server.Requests.Clear();

        GetObjectResponse[] answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Client.GetObjectAsync(Bucket, "k")));
        await ReadAsync("other");

        Assert.That(Server.Requests.InFlight, Is.EqualTo(3));
        Assert.That(Server.Requests.MaxInFlight, Is.EqualTo(4));
        Assert.That((Server.Requests.MaxInFlightOf("GetObject"), Server.Requests.MaxInFlightOf("PutObject")), Is.EqualTo((4, 0)));
        stall.Release();
        foreach (GetObjectResponse answer in answers)
        {
            using (answer) await answer.ResponseStream.CopyToAsync(Stream.Null);
        }
        Assert.That(Server.Requests.InFlight, Is.Zero);
        Server.Requests.Clear();
        Assert.That(Server.Requests.MaxInFlight, Is.Zero);
    }

    [Test]
    public async Task Bytes_PutAndGet_AreCounted()
    {
        Server.Requests.Clear();

        using HttpRequestMessage put = SignedAt(
            HttpMethod.Put, $"/{Bucket}/k", TimeProvider.System.GetUtcNow(), body: new string('x', 5000));
        using HttpClient http = CreateHttpClient();
        using HttpResponseMessage stored = await http.SendAsync(put);
        await ReadAsync("k", request => request.ByteRange = new ByteRange(0, 999));

        Assert.That((Server.Requests.BytesIn, Server.Requests.BytesOut), Is.EqualTo((5000L, 1000L)));
        Assert.That(Server.Requests.Of("PutObject").Single().BytesIn, Is.EqualTo(5000));
        Assert.That(Server.Requests.Of("GetObject").Single().BytesOut, Is.EqualTo(1000));
    }

    [Test]
    public async Task Bytes_TruncatedBody_CountsWhatWentOut()
    {
        await PutAsync("k", new string('x', 100_000));
        Server.Requests.Clear();
        Server.Faults.Add(new S3FaultRule { Operation = "GetObject", Fault = S3Fault.TruncateBody(70_000) });

        Assert.That(async () => await ReadAsync("k"), Throws.Exception);

        Assert.That(Server.Requests.BytesOut, Is.EqualTo(70_000));
    }

    [Test]
    public async Task Totals_NothingKept_StillCount()
    {
        await using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { MaxLoggedRequests = 0 });
        using HttpClient http = new(server.CreateHandler());

        await http.GetAsync(server.Endpoint);

        Assert.That((server.Requests.Count, server.Requests.Total, server.Requests.MaxInFlight), Is.EqualTo((0, 1L, 1)));
        Assert.That(server.Requests.BytesOut, Is.Positive);
    }

    [Test]
    public void MaxInFlightOf_OperationThatS3HasNot_IsRefused() =>
        Assert.That(() => Server.Requests.MaxInFlightOf("PutObjekt"), Throws.ArgumentException);

    [Test]
    public async Task Record_Printed_ShowsItsFaults()
    {
        Server.Faults.Add(new S3FaultRule { Fault = S3Fault.InternalError() });

        await ErrorOf(() => Client.ListBucketsAsync());

        Assert.That(Server.Requests.Of("ListBuckets").Single().ToString(), Does.Contain("Faults = [InternalError]"));
    }
}
