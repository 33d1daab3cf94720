namespace S3Toolkit.Streams;

/// <summary>How far to read ahead: pure functions of where the reader is and what is held.</summary>
/// <param name="FirstBytes">The first fetch, and the one after a seek that leaves the buffer.</param>
/// <param name="MaxBytes">The most that a stream holds.</param>
internal readonly record struct ReadAheadPlan(long FirstBytes, long MaxBytes)
{
    // A stream is read through this many requests at once, so that one of them can end while the others still bring bytes.
    private const int RequestsAtOnce = 4;

    // Below a page of memory the requests cost more than the bytes.
    private const long LeastFirstBytes = 4 * 1024;

    private const long MostFirstBytes = 1024 * 1024 * 1024;

    // Mountpoint for Amazon S3 keeps as much behind the reader (its "backward seek window").
    private const long MaxBehindBytes = 1024 * 1024;

    /// <summary>The largest fetch: 16 MiB by default, so that a seek within the buffer never waits for more.</summary>
    public long MaxFetchBytes => Math.Max(FirstBytes, MaxBytes / RequestsAtOnce);

    /// <summary>How much behind the reader stays.</summary>
    public long BehindBytes => Math.Min(MaxBehindBytes, MaxFetchBytes);

    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    public static void Check(OpenObjectOptions options)
    {
        const string Name = nameof(OpenObjectOptions.FirstReadBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FirstReadBytes, LeastFirstBytes, Name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.FirstReadBytes, MostFirstBytes, Name);
        ArgumentOutOfRangeException.ThrowIfLessThan(
            options.MaxReadAheadBytes, options.FirstReadBytes, nameof(OpenObjectOptions.MaxReadAheadBytes));
    }

    public static ReadAheadPlan For(OpenObjectOptions options, long budgetBytes)
    {
        var most = Math.Max(1, Math.Min(options.MaxReadAheadBytes, budgetBytes / 4));
        return new ReadAheadPlan(Math.Min(options.FirstReadBytes, most), most);
    }

    /// <summary>
    /// What to fetch for a read that nothing held can serve. Near the end it begins earlier: formats with a directory at their end are
    /// read backwards from there.
    /// </summary>
    public (long Offset, long Length) First(long position, long count, long length)
    {
        var size = Math.Clamp(Math.Min(count, length - position), FirstBytes, MaxFetchBytes);
        var offset = Math.Max(0, Math.Min(position, length - size));
        return (offset, Math.Min(size, length - offset));
    }

    /// <summary>The window of a reader that goes on and on.</summary>
    public long Grow(long window) => Math.Min(window * 2, MaxBytes);

    /// <summary>How much to fetch ahead now; 0 for nothing.</summary>
    /// <param name="window">How far ahead of the reader to be.</param>
    /// <param name="ahead">How far ahead the fetches are.</param>
    /// <param name="held">How much is held in all, behind the reader too.</param>
    /// <param name="rest">How much of the object no fetch covers yet.</param>
    public long Next(long window, long ahead, long held, long rest)
    {
        var size = Math.Min(Math.Min(MaxFetchBytes, rest), Math.Min(window - ahead, MaxBytes - held));
        // Better one large fetch a little later than several small ones.
        var worthwhile = Math.Min(rest, Math.Min(MaxFetchBytes, window / 2));
        return size >= worthwhile ? Math.Max(0, size) : 0;
    }
}
