using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace S3Toolkit.Server.Tests.Faults;

public sealed class DelayTests
{
    [Test]
    public async Task Delay_OnAFakeClock_WaitsForThatClock()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        await using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { TimeProvider = time });
        server.Faults.Add(new S3FaultRule { Fault = S3Fault.Delay(TimeSpan.FromMinutes(5)) });
        using HttpClient http = new(server.CreateHandler());

        Task<HttpResponseMessage> answer = http.GetAsync(server.Endpoint);
        while (server.Requests.Count == 0) await Task.Yield();
        Assert.That(answer.IsCompleted, Is.False);
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        Assert.That((await answer).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
