using S3Toolkit.Resilience;

namespace S3Toolkit.Tests.Resilience;

[TestFixture]
public sealed class BackoffTests
{
    private static readonly ResilienceOptions Options = new();

    [TestCase(0, 0.05)]
    [TestCase(1, 0.1)]
    [TestCase(3, 0.4)]
    [TestCase(9, 20)]
    [TestCase(1000, 20)]
    public void Delay_AfterFailures_DoublesUpToTheCap(int retry, double ceilingSeconds)
    {
        Assert.That(
            Backoff.Delay(retry, throttling: false, retryAfter: null, jitter: 1, Options).TotalSeconds,
            Is.EqualTo(ceilingSeconds).Within(1e-9));
        Assert.That(Backoff.Delay(retry, throttling: false, retryAfter: null, jitter: 0, Options), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Delay_AfterThrottling_BeginsAtASecond() =>
        Assert.That(Backoff.Delay(0, throttling: true, retryAfter: null, jitter: 0.5, Options), Is.EqualTo(TimeSpan.FromSeconds(0.5)));

    [TestCase(3, 3)]
    [TestCase(24, 24)]
    [TestCase(3600, 25)]
    public void Delay_ServerSaysHowLong_IsTakenAtItsWordUpToTheAllowance(int asked, int waited) =>
        Assert.That(
            Backoff.Delay(0, throttling: true, TimeSpan.FromSeconds(asked), jitter: 0, Options), Is.EqualTo(TimeSpan.FromSeconds(waited)));
}
