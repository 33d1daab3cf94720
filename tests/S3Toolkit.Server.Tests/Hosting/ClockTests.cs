using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Hosting;

public sealed class ClockTests(ServerMode mode) : ServerFixture(mode)
{
    [TestCase(1)]
    [TestCase(-1)]
    public async Task Advance_ByHours_LeavesTheSdkAbleToSign(int hours)
    {
        Server.Clock.Advance(TimeSpan.FromHours(hours));

        // The SDK takes over the Date of any answer and signs the next request by it.
        await PutAsync("first", "x");
        await PutAsync("second", "x");

        Assert.That(await ReadAsync("second"), Is.EqualTo("x"));
    }
}
