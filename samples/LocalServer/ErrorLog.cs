using Microsoft.Extensions.Logging;

namespace LocalServer;

/// <summary>
/// What the server logs, on the standard error stream: warnings and errors, and a line for each request when that is wanted.
/// </summary>
internal sealed class ErrorLog(bool isVerbose) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName)
    {
        // The server itself, and none of the hosts below it, logs a line for each request.
        bool isServer = categoryName.StartsWith("S3Toolkit", StringComparison.Ordinal);
        return new Logger(isVerbose && isServer ? LogLevel.Debug : LogLevel.Warning);
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Logger(LogLevel least) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            string text = formatter(state, exception);
            if (logLevel >= LogLevel.Warning) text = $"{(logLevel == LogLevel.Warning ? "warning" : "error")}: {text}";
            if (exception is not null) text += Environment.NewLine + exception;
            Console.Error.WriteLine(text);
        }
    }
}
