namespace S3Toolkit.Server.Rates;

/// <summary>So many tokens a second, and a second's worth at most.</summary>
internal struct TokenBucket(double perSecond, DateTimeOffset now)
{
    // Slower than one a second, one still has to fit.
    private readonly double _capacity = Math.Max(perSecond, 1);
    private double _tokens = Math.Max(perSecond, 1);
    private DateTimeOffset _filled = now;

    /// <summary>Takes a token, if there is one. A clock that was set back adds none.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        double seconds = Math.Max((now - _filled).TotalSeconds, 0);
        _tokens = Math.Min(_capacity, _tokens + (seconds * perSecond));
        _filled = now;
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
