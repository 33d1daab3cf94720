using S3Toolkit.Server.Lifecycle;

namespace S3Toolkit.Server.Tests.Lifecycle;

public sealed class LifecycleCalendarTests
{
    // AWS's own example: created on 15 January at 10:30, three days, expires on the 19th at 00:00.
    [TestCase("2014-01-15T10:30:00Z", 3, "2014-01-19T00:00:00Z")]
    [TestCase("2014-01-15T00:00:00Z", 1, "2014-01-17T00:00:00Z")]
    [TestCase("2014-01-15T23:59:59Z", 0, "2014-01-16T00:00:00Z")]
    public void DaysAfter_WholeDays_RoundsUpToMidnight(string start, int days, string expected) =>
        Assert.That(LifecycleCalendar.Aws.DaysAfter(Time(start), days), Is.EqualTo(Time(expected)));

    [Test]
    public void DaysAfter_ShortenedDay_CountsFromTheSecond() =>
        Assert.That(
            new LifecycleCalendar(TimeSpan.FromSeconds(10)).DaysAfter(Time("2014-01-15T10:30:00Z"), 3),
            Is.EqualTo(Time("2014-01-15T10:30:30Z")));

    [Test]
    public void DaysAfter_TheMostDays_IsNeverDue() =>
        Assert.That(LifecycleCalendar.Aws.DaysAfter(Time("2014-01-15T10:30:00Z"), int.MaxValue), Is.EqualTo(DateTimeOffset.MaxValue));

    [Test]
    public void UntilNextRun_WholeDays_IsTheNextMidnight() =>
        Assert.That(LifecycleCalendar.Aws.UntilNextRun(Time("2014-01-15T22:30:00Z")), Is.EqualTo(TimeSpan.FromMinutes(90)));

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
