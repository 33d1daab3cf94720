namespace S3Toolkit.Server.Lifecycle;

/// <summary>
/// When something is due. S3 counts whole days and rounds up to the next midnight UTC; a shortened day is there for tests that wait, and
/// counts from the second.
/// </summary>
/// <param name="Day">The length of a day.</param>
internal readonly record struct LifecycleCalendar(TimeSpan Day)
{
    /// <summary>As on AWS.</summary>
    public static readonly LifecycleCalendar Aws = new(TimeSpan.FromDays(1));

    public bool IsShortened => Day != Aws.Day;

    public DateTimeOffset DaysAfter(DateTimeOffset start, int days)
    {
        if (Day.Ticks * (double)days > (DateTimeOffset.MaxValue - start).Ticks - (2 * Aws.Day.Ticks)) return DateTimeOffset.MaxValue;
        DateTimeOffset exact = start + (Day * days);
        return IsShortened ? exact : NextMidnight(exact);
    }

    /// <summary>The time from now until there may be something to do.</summary>
    public TimeSpan UntilNextRun(DateTimeOffset now) => IsShortened ? Day / 10 : NextMidnight(now) - now;

    private static DateTimeOffset NextMidnight(DateTimeOffset time) => new(time.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
