using System.IO.Pipelines;

namespace S3Toolkit;

/// <summary>
/// A stream that becomes an object: what is written goes up in parallel parts while more is written, in bounded memory. The object is
/// there when <see cref="CommitAsync"/> returns, and only then; disposing without it leaves nothing behind. For one thread at a time.
/// </summary>
/// <remarks>
/// A write waits while parts are on their way and the memory for more is used up. A failed upload is thrown by the next write and by
/// <see cref="CommitAsync"/>. <see cref="Flush"/> sends nothing: parts have the sizes that S3 wants. A small body is sent by
/// <see cref="CommitAsync"/>, in one request. From its first 64 KiB on, a writer holds the memory of a part: a thread that writes many in
/// turns can have as many open as <see cref="S3ToolkitOptions.MaxBufferBytes"/> holds parts (16 by default, where the first part has
/// <see cref="TransferOptions.MultipartThresholdBytes"/>); a write to one more waits until one of them is committed or disposed.
/// </remarks>
#pragma warning disable CA1710 // Named for what it does, as StreamWriter is.
public sealed class ObjectWriter : Stream
#pragma warning restore CA1710
{
    // What is written collects to this before the upload is woken; it bounds what the pipe holds beside the parts.
    private const int HandoverBytes = 64 * 1024;

    private readonly CancellationTokenSource _stop = new();
    private readonly PipeWriter _pipe;
    private readonly Task<ObjectInfo> _upload;
    private readonly string _target;
    private long _unflushed;
    private State _state;

    private ObjectWriter(IObjectStore store, string key, PutObjectOptions options)
    {
        _target = $"s3://{store.BucketName}/{key}";
        var pipe = new Pipe(new PipeOptions(
            pauseWriterThreshold: 2 * HandoverBytes,
            resumeWriterThreshold: HandoverBytes,
            minimumSegmentSize: HandoverBytes,
            useSynchronizationContext: false));
        _pipe = pipe.Writer;
        _upload = UploadAsync(store, key, pipe.Reader, options, _stop.Token);
    }

    private enum State
    {
        Open,
        Committing,
        Disposed,
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => _state == State.Open;

    /// <summary>How many bytes were written so far.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Not supported: see <see cref="BytesWritten"/>.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Length => throw new NotSupportedException("An object that is being written has no length yet: see BytesWritten.");

    /// <summary>Not supported: see <see cref="BytesWritten"/>.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Position
    {
        get => throw new NotSupportedException("An object is written from its start to its end: see BytesWritten.");
        set => throw new NotSupportedException("An object is written from its start to its end.");
    }

    /// <summary>Makes the object of what was written. Called again, it gives the same answer.</summary>
    /// <param name="cancellationToken">Ends the call and gives the upload up.</param>
    /// <returns>The object as it was written.</returns>
    /// <exception cref="PreconditionFailedException">The condition of the options does not hold.</exception>
    /// <exception cref="S3ToolkitException">The upload failed; nothing stays of it.</exception>
    public async Task<ObjectInfo> CommitAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_state == State.Open)
        {
            _state = State.Committing;
            await _pipe.CompleteAsync().ConfigureAwait(false);
        }

        using var registration = cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
        try
        {
            return await _upload.ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The upload of {_target} was cancelled.", error, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfNotOpen();
        cancellationToken.ThrowIfCancellationRequested();
        while (!buffer.IsEmpty)
        {
            var size = (int)Math.Min(buffer.Length, HandoverBytes - _unflushed);
            if (Collect(buffer.Span[..size])) await HandOverAsync(cancellationToken).ConfigureAwait(false);
            buffer = buffer[size..];
        }

        await ThrowIfFailedAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfNotOpen();
        while (!buffer.IsEmpty)
        {
            var size = (int)Math.Min(buffer.Length, HandoverBytes - _unflushed);
            // The upload runs on other threads, so that this one can wait for it.
            if (Collect(buffer[..size])) HandOverAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            buffer = buffer[size..];
        }

        if (_upload.IsCompleted) ThrowIfFailedAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: parts go up when they are full, and the rest at the commit.</summary>
    public override void Flush()
    {
    }

    /// <summary>Does nothing: parts go up when they are full, and the rest at the commit.</summary>
    /// <param name="cancellationToken">Not used.</param>
    /// <returns>A task that has ended.</returns>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not supported.</summary>
    /// <param name="buffer">Not used.</param>
    /// <param name="offset">Not used.</param>
    /// <param name="count">Not used.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("This stream can only be written.");

    /// <summary>Not supported.</summary>
    /// <param name="offset">Not used.</param>
    /// <param name="origin">Not used.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("An object is written from its start to its end.");

    /// <summary>Not supported.</summary>
    /// <param name="value">Not used.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw new NotSupportedException("An object is as long as what is written.");

    /// <summary>Gives the upload up, unless it was committed, and returns when nothing is left of it.</summary>
    /// <returns>A task that ends with the upload.</returns>
    public override async ValueTask DisposeAsync()
    {
        if (_state != State.Disposed)
        {
            _state = State.Disposed;
            await GiveUpAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    internal static async Task<ObjectWriter> OpenAsync(
        IObjectStore store, string key, PutObjectOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var writer = new ObjectWriter(store, key, options);
        if (!writer._upload.IsCompleted) return writer;
        // Refused before anything was read: a condition that the provider ignores, sizes that it does not take.
        await using var refused = writer.ConfigureAwait(false);
        await writer.ThrowIfFailedAsync().ConfigureAwait(false);
        throw new InvalidOperationException("The upload ended before anything was written.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _state != State.Disposed)
        {
            _state = State.Disposed;
            GiveUpAsync().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private static async Task<ObjectInfo> UploadAsync(
        IObjectStore store, string key, PipeReader pipe, PutObjectOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await store.PutAsync(key, ObjectContent.FromPipe(pipe), options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A write that waits for the upload learns so that there is none any more.
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task GiveUpAsync()
    {
        if (!_upload.IsCompleted)
        {
            // Twice, since the upload may be waiting for bytes, or for the server: to neither may the end look like that of the content.
            await _stop.CancelAsync().ConfigureAwait(false);
            await _pipe.CompleteAsync(new OperationCanceledException($"The upload of {_target} was given up.")).ConfigureAwait(false);
        }

        await ((Task)_upload).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _pipe.CompleteAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private bool Collect(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_pipe.GetSpan(bytes.Length));
        _pipe.Advance(bytes.Length);
        BytesWritten += bytes.Length;
        _unflushed += bytes.Length;
        return _unflushed == HandoverBytes;
    }

    private async ValueTask HandOverAsync(CancellationToken cancellationToken)
    {
        _unflushed = 0;
        var result = await _pipe.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (!result.IsCompleted) return;
        await _upload.ConfigureAwait(false);
        throw new InvalidOperationException($"The upload of {_target} ended before its content did.");
    }

    private async ValueTask ThrowIfFailedAsync()
    {
        if (_upload.IsCompleted) await _upload.ConfigureAwait(false);
    }

    private void ThrowIfNotOpen()
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        if (_state == State.Committing) throw new InvalidOperationException($"{_target} was committed: nothing can be added to it.");
    }
}
