using System.IO.Pipelines;

namespace S3Toolkit.Server.Hosting;

/// <summary>
/// A request's content, pushed through a pipe while the server reads. With Expect: 100-continue nothing is asked of the content before the
/// server wants it, so a refused request never touches its body.
/// </summary>
internal sealed class InMemoryRequestBody
{
    /// <summary>A pipe holds a quarter of a mebibyte, about what two socket buffers do, before the writer has to wait.</summary>
    public static readonly PipeOptions PipeOptions =
        new(pauseWriterThreshold: 256 * 1024, resumeWriterThreshold: 128 * 1024, useSynchronizationContext: false);

    private readonly HttpContent? _content;
    private readonly CancellationTokenSource _stopped;
    private readonly Pipe _pipe = new(PipeOptions);
    private Task? _pump;
    private Task? _stop;

    public InMemoryRequestBody(HttpRequestMessage request, CancellationToken aborted)
    {
        _content = request.Content;
        // Asked here and nowhere else: the answer is computed into the content's headers, which bear no second thread.
        ContentLength = _content?.Headers.ContentLength;
        _stopped = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        Stream = _content is null ? Stream.Null : new StartOnReadStream(_pipe.Reader.AsStream(), Start);
        if (_content is not null && request.Headers.ExpectContinue != true) Start();
    }

    public Stream Stream { get; }

    /// <summary>In bytes; null when the content does not know it, or there is none.</summary>
    public long? ContentLength { get; }

    /// <summary>What the content threw; null when it did not.</summary>
    public Exception? SourceFailure { get; private set; }

    /// <summary>What was not read is not wanted any more; ends when the content is no longer read. May be called again.</summary>
    public Task StopAsync() => _stop ??= StopOnceAsync();

    private async Task StopOnceAsync()
    {
        await _pipe.Reader.CompleteAsync().ConfigureAwait(false);
        await _stopped.CancelAsync().ConfigureAwait(false);
        if (_pump is { } pump) await pump.ConfigureAwait(false);
        _stopped.Dispose();
    }

    private void Start() => _pump ??= PumpAsync(_stopped.Token);

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            ContentPipeStream wire = new(_pipe.Writer, ContentLength);
            await _content!.CopyToAsync(wire, null, cancellationToken).ConfigureAwait(false);
            wire.RequireWhole();
            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A body that throws is, to the server, a client that breaks off.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!cancellationToken.IsCancellationRequested) SourceFailure = exception;
            await _pipe.Writer.CompleteAsync(new IOException("The request's content failed.", exception)).ConfigureAwait(false);
        }
    }
}
