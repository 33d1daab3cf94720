namespace S3Toolkit.Server.Rates;

/// <summary>One partitioned prefix: its tokens, its counts, and how long it has been too hot.</summary>
internal sealed class Partition(S3RateModel model, DateTimeOffset now)
{
    private TokenBucket _reads = new(model.ReadsPerSecond, now);
    private TokenBucket _writes = new(model.WritesPerSecond, now);
    private DateTimeOffset? _hotSince;
    private DateTimeOffset _lastRefused;

    public long Reads { get; private set; }

    public long Writes { get; private set; }

    public long Refused { get; private set; }

    public bool IsSplit { get; private set; }

    public bool TryTake(bool isWrite, DateTimeOffset now)
    {
        bool isServed = isWrite ? _writes.TryTake(now) : _reads.TryTake(now);
        if (!isServed) Refuse(now);
        else if (isWrite) Writes++;
        else Reads++;
        return isServed;
    }

    private void Refuse(DateTimeOffset now)
    {
        Refused++;
        bool hasCooled = _hotSince is null || now - _lastRefused > model.CoolAfter || now < _lastRefused;
        if (hasCooled) _hotSince = now;
        _lastRefused = now;
        if (now - _hotSince >= model.SplitAfter) IsSplit = true;
    }
}
