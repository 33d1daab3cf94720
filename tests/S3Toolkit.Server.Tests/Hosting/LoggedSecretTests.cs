using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Tests.Fuzz;

namespace S3Toolkit.Server.Tests.Hosting;

/// <summary>What cannot be parsed may be a key or a signature, and Kestrel would log it.</summary>
public sealed class LoggedSecretTests
{
    [TestCase("GET /b/k HTTP/1.1\r\nHost: localhost\r\nx-amz-server-side-encryption-customer-key : TOPSECRET\r\n\r\n")]
    [TestCase("GET /b/k[\u007f?X-Amz-Signature=TOPSECRET HTTP/1.1x\r\nHost: localhost\r\n\r\n")]
    [TestCase("GET /b/k HTTP/1.1\r\nHost: localhost/x?TOPSECRET\r\n\r\n")]
    [TestCase("GET k?X-Amz-Security-Token=TOPSECRET HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task Send_WhatKestrelRefuses_IsNotLogged(string request)
    {
        using Loggers loggers = new();
        await using (S3Server server = await S3Server.StartAsync(new S3ServerOptions { LoggerFactory = loggers }))
        {
            FuzzRequest bytes = new(Encoding.Latin1.GetBytes(request), IsCut: false);
            Assert.That(await FuzzConnection.StatusOfAsync(server.Endpoint.Port, bytes), Is.EqualTo(400));
        }

        Assert.That(loggers.Lines, Is.Not.Empty.And.All.Not.Contains("TOPSECRET"));
    }

    private sealed class Loggers : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
