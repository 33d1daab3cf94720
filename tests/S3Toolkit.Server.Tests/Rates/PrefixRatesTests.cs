using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Rates;

namespace S3Toolkit.Server.Tests.Rates;

public sealed class PrefixRatesTests
{
    private readonly FakeTimeProvider _time = new();

    [TestCase(true, 3500)]
    [TestCase(false, 5500)]
    public void TryTake_InOneMoment_GivesASecondsWorth(bool isWrite, int expected)
    {
        PrefixRates rates = new(new S3RateModel());

        Assert.That(Served(rates, "b", "k", isWrite, 10_000), Is.EqualTo(expected));
    }

    [Test]
    public void TryTake_AsTimeGoesOn_GivesTheRateAndNoMore()
    {
        PrefixRates rates = new(new S3RateModel());
        Served(rates, "b", "k", true, 10_000);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        int afterATenth = Served(rates, "b", "k", true, 10_000);
        _time.Advance(TimeSpan.FromHours(1));
        int afterAnHour = Served(rates, "b", "k", true, 10_000);

        Assert.That((afterATenth, afterAnHour), Is.EqualTo((350, 3500)));
    }

    [Test]
    public void TryTake_ReadsAndWritesAndBuckets_DoNotTakeFromEachOther()
    {
        PrefixRates rates = new(new S3RateModel { ReadsPerSecond = 5, WritesPerSecond = 3 });

        Assert.That(
            new[] { Served(rates, "b", "k", true, 9), Served(rates, "b", "k", false, 9), Served(rates, "c", "k", true, 9) },
            Is.EqualTo(new[] { 3, 5, 3 }));
    }

    [Test]
    public void TryTake_ClockSetBack_NeitherGivesNorBreaks()
    {
        PrefixRates rates = new(new S3RateModel { ReadsPerSecond = 5 });
        DateTimeOffset now = _time.GetUtcNow();
        for (int i = 0; i < 5; i++) rates.TryTake("b", "k", false, now);

        Assert.That(rates.TryTake("b", "k", false, now - TimeSpan.FromDays(1)), Is.False);
        Assert.That(rates.TryTake("b", "k", false, now - TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1)), Is.True);
    }

    [Test]
    public void TryTake_RateBelowOne_StillServesOneNowAndThen()
    {
        PrefixRates rates = new(new S3RateModel { ReadsPerSecond = 0.1 });

        int first = Served(rates, "b", "k", false, 5);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That((first, Served(rates, "b", "k", false, 5)), Is.EqualTo((1, 1)));
    }

    [Test]
    public void TryTake_HotForLongEnough_SplitsTheBucketAndThenTheFolder()
    {
        PrefixRates rates = new(new S3RateModel { WritesPerSecond = 10 });

        int together = Served(rates, "b", "x/1", true, 20) + Served(rates, "b", "y/1", true, 20);
        StayHot(rates, "x/1", TimeSpan.FromMinutes(31));
        _time.Advance(TimeSpan.FromSeconds(1));
        int apart = Served(rates, "b", "x/1", true, 20) + Served(rates, "b", "y/1", true, 20) + Served(rates, "b", "flat", true, 20);
        StayHot(rates, "x/a/1", TimeSpan.FromMinutes(31));
        _time.Advance(TimeSpan.FromSeconds(1));
        int deeper = Served(rates, "b", "x/a/1", true, 20) + Served(rates, "b", "x/b/1", true, 20);

        Assert.That((together, apart, deeper), Is.EqualTo((10, 30, 20)));
        Assert.That(
            rates.Snapshot().Select(rate => (rate.Prefix, rate.IsSplit)),
            Is.EqualTo(new[] { ("", true), ("x/", true), ("x/a/", false), ("x/b/", false), ("y/", false) }));
    }

    [Test]
    public void TryTake_HotWithPauses_DoesNotSplit()
    {
        PrefixRates rates = new(new S3RateModel { WritesPerSecond = 10 });

        for (int i = 0; i < 40; i++)
        {
            Served(rates, "b", "x/1", true, 20);
            _time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.That(rates.Snapshot().Single().IsSplit, Is.False);
    }

    [Test]
    public void Snapshot_AfterRequests_CountsThem()
    {
        PrefixRates rates = new(new S3RateModel { WritesPerSecond = 2 });
        Served(rates, "b", "k", true, 5);
        Served(rates, "b", "k", false, 4);

        Assert.That(rates.Snapshot().Single(), Is.EqualTo(new S3PrefixRate("b", "", Reads: 4, Writes: 2, Refused: 3, IsSplit: false)));
    }

    private void StayHot(PrefixRates rates, string key, TimeSpan time)
    {
        for (DateTimeOffset end = _time.GetUtcNow() + time; _time.GetUtcNow() < end; _time.Advance(TimeSpan.FromSeconds(30)))
            Served(rates, "b", key, true, 20);
    }

    private int Served(PrefixRates rates, string bucketName, string key, bool isWrite, int count) =>
        Enumerable.Range(0, count).Count(_ => rates.TryTake(bucketName, key, isWrite, _time.GetUtcNow()));
}
