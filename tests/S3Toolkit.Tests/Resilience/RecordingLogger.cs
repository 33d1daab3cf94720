using Microsoft.Extensions.Logging;

namespace S3Toolkit.Tests.Resilience;

/// <summary>Keeps what was logged, as text and as structured values.</summary>
internal sealed class RecordingLogger : ILogger
{
    public List<Entry> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(pair => pair.Key, pair => pair.Value);
        lock (Entries) Entries.Add(new Entry(eventId.Id, logLevel, formatter(state, exception), values));
    }

    internal sealed record Entry(int Id, LogLevel Level, string Text, IReadOnlyDictionary<string, object?> Values);
}
