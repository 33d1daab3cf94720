using System.Net;
using Amazon.S3;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Faults;

/// <summary>Conflicts, redirects, skewed clocks, and faults by attempt, over the wire.</summary>
public sealed class MoreFaultTests(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options) =>
        options.Faults = S3FaultPlan.Parse("GetObject key=planned attempt=1 -> Conflict");

    [Test]
    public async Task Options_WithAPlan_StrikeFromTheStart()
    {
        await PutAsync("planned", "x");

        AmazonS3Exception error = await ErrorOf(() => ReadAsync("planned"));

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.Conflict, "OperationAborted")));
        Assert.That(await ReadAsync("planned"), Is.EqualTo("x"));
        Assert.That(Server.Requests.Of("GetObject", "planned").Select(record => record.Faults.Count), Is.EqualTo(new[] { 1, 0 }));
    }

    [Test]
    public async Task ToAttempt_TwoKeys_EachFailsItsFirstAttempt()
    {
        Server.Faults.Add(new S3FaultRule { Operation = "PutObject", ToAttempt = 1, Fault = S3Fault.InternalError() });

        foreach (string key in new[] { "a", "b" })
        {
            await ErrorOf(() => PutAsync(key, "x"));
            await PutAsync(key, "x");
        }
    }

    [Test]
    public async Task TemporaryRedirect_ToAnotherEndpoint_KeepsPathAndQuery()
    {
        Server.Faults.Add(new S3FaultRule { Fault = S3Fault.TemporaryRedirect(new Uri("http://127.0.0.1:9001/ignored")) });

        using HttpResponseMessage response = await SendPlainAsync("/b/a%20key%2F..?versionId=x");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
        Assert.That(response.Headers.GetValues("Location").Single(), Is.EqualTo("http://127.0.0.1:9001/b/a%20key%2F..?versionId=x"));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Does.Contain("<Code>TemporaryRedirect</Code>").And.Contains("<Endpoint>127.0.0.1:9001</Endpoint>"));
    }

    [Test]
    public async Task TemporaryRedirect_ToItself_IsTheSameAddress()
    {
        Server.Faults.Add(new S3FaultRule { Fault = S3Fault.TemporaryRedirect() });

        using HttpResponseMessage response = await SendPlainAsync("/b/k");

        Assert.That(response.Headers.Location, Is.EqualTo(new Uri(Server.Endpoint, "/b/k")));
    }

    [TestCase(20)]
    [TestCase(-20)]
    public async Task ClockSkew_BeyondALimit_IsRefusedUntilTheClientSignsByTheServersDate(int minutes)
    {
        Server.Faults.Add(new S3FaultRule { Operation = "PutObject", Fault = S3Fault.ClockSkew(TimeSpan.FromMinutes(minutes)) });
        DateTimeOffset before = TimeProvider.System.GetUtcNow();

        (HttpStatusCode status, string code, DateTimeOffset? date) = await PutSignedAtAsync(before);
        (HttpStatusCode Status, string, DateTimeOffset?) second = await PutSignedAtAsync(date!.Value);

        Assert.That((status, code), Is.EqualTo((HttpStatusCode.Forbidden, "RequestTimeTooSkewed")));
        Assert.That((date.Value - before).TotalMinutes, Is.EqualTo(minutes).Within(1));
        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task ClockSkew_WithinTheLimit_IsTaken()
    {
        Server.Faults.Add(new S3FaultRule { Fault = S3Fault.ClockSkew(TimeSpan.FromMinutes(14)) });

        await PutAsync("k", "x");

        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
    }

    private async Task<(HttpStatusCode Status, string Code, DateTimeOffset? Date)> PutSignedAtAsync(DateTimeOffset time)
    {
        using HttpRequestMessage request = SignedAt(HttpMethod.Put, $"/{Bucket}/k", time);
        using HttpClient http = CreateHttpClient();
        using HttpResponseMessage response = await http.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        int at = body.IndexOf("<Code>", StringComparison.Ordinal);
        string code = at < 0 ? "" : body[(at + 6)..body.IndexOf("</Code>", StringComparison.Ordinal)];
        return (response.StatusCode, code, response.Headers.Date);
    }

    private async Task<HttpResponseMessage> SendPlainAsync(string target)
    {
        using HttpMessageHandler handler = Mode == ServerMode.Socket
            ? new SocketsHttpHandler { AllowAutoRedirect = false }
            : Server.CreateHandler();
        using HttpClient http = new(handler);
        Uri address = new(
            Server.Endpoint.GetLeftPart(UriPartial.Authority) + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        return await http.GetAsync(address);
    }
}
