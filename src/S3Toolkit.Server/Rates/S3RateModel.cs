namespace S3Toolkit.Server;

/// <summary>
/// S3's request rates: so many a second for each partitioned prefix of a bucket, with a second's worth to spare, and 503 SlowDown beyond.
/// A bucket begins as one partition. A partition that stays too hot is split: from then on each of the next folders of its keys has rates
/// of its own. Time is the server's, so a test moves it.
/// </summary>
public sealed record S3RateModel
{
    /// <summary>PUT, COPY, POST and DELETE requests a second for each partitioned prefix.</summary>
    /// <value>The default value is 3,500: what S3 promises at least.</value>
    public double WritesPerSecond { get; init; } = 3500;

    /// <summary>GET and HEAD requests a second for each partitioned prefix, listings included.</summary>
    /// <value>The default value is 5,500: what S3 promises at least.</value>
    public double ReadsPerSecond { get; init; } = 5500;

    /// <summary>
    /// For how long a partition has to be refused requests, with no pause above <see cref="CoolAfter"/>, before it is split.
    /// </summary>
    /// <value>The default value is 30 minutes, the least that S3 takes.</value>
    public TimeSpan SplitAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>For how long nothing has to be refused for a partition to count as cool again.</summary>
    /// <value>The default value is 1 minute.</value>
    public TimeSpan CoolAfter { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        if (!(WritesPerSecond > 0)) throw new ArgumentOutOfRangeException(nameof(WritesPerSecond), WritesPerSecond, "A rate is above 0.");
        if (!(ReadsPerSecond > 0)) throw new ArgumentOutOfRangeException(nameof(ReadsPerSecond), ReadsPerSecond, "A rate is above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(SplitAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(CoolAfter, TimeSpan.Zero);
    }
}
