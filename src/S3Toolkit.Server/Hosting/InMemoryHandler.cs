using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Hosting;

/// <summary>
/// A client's handler that runs the server's pipeline with no socket between: bodies stream both ways through pipes, with backpressure,
/// and a reset is the I/O error that a socket would give.
/// </summary>
internal sealed class InMemoryHandler(IRequestPipeline pipeline, CancellationToken serverStopping) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (serverStopping.IsCancellationRequested) throw Refused();
        InMemoryExchange exchange = new(request, serverStopping);
        // Once the head is out, the caller's token no longer ends the exchange: disposing the response does.
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((InMemoryExchange)state!).Cancel(token), exchange);
        await using (registration.ConfigureAwait(false))
        {
            exchange.Run(pipeline);
            return await exchange.Response.ConfigureAwait(false);
        }
    }

    private static HttpRequestException Refused() =>
        new(HttpRequestError.ConnectionError, "The embedded S3 server is stopped.", null, null);
}
