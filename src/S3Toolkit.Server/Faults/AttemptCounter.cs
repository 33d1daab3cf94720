namespace S3Toolkit.Server.Faults;

/// <summary>How often the same thing was asked. Thread-safe.</summary>
internal sealed class AttemptCounter
{
    /// <summary>
    /// Things that are told apart, some 100 MB of them; one more starts the count anew, so that no client can fill memory.
    /// </summary>
    private const int MaxSubjects = 500_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<FaultSubject, int> _counts = [];

    /// <returns>The number of this attempt, counted from 1.</returns>
    public int Next(FaultSubject subject)
    {
        lock (_gate)
        {
            if (_counts.Count >= MaxSubjects) _counts.Clear();
            int attempt = _counts.GetValueOrDefault(subject) + 1;
            _counts[subject] = attempt;
            return attempt;
        }
    }
}
