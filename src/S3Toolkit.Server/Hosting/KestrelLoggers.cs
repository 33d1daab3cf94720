using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace S3Toolkit.Server.Hosting;

/// <summary>
/// The user's loggers without the one that writes what could not be parsed: bytes of a request, which may be a key or a signature.
/// </summary>
internal sealed class KestrelLoggers(ILoggerFactory inner) : ILoggerFactory
{
    private const string BadRequests = "Microsoft.AspNetCore.Server.Kestrel.BadRequests";

    public ILogger CreateLogger(string categoryName) =>
        categoryName == BadRequests ? NullLogger.Instance : inner.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <summary>The user's factory is the user's to dispose.</summary>
    public void Dispose()
    {
    }
}
