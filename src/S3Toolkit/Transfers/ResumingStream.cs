using System.Buffers;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>
/// The body of a download. When the connection breaks or stalls it asks for the rest, tied to the same object, and goes on; at the end it
/// compares what passed with what the server says. The last bytes are handed out only when that agrees; where the server did not say how
/// many there are, it is the end itself that is not.
/// </summary>
internal sealed class ResumingStream : ReadOnlyStream
{
    private readonly S3Caller _caller;
    private readonly S3Call _call;
    private readonly DownloadTarget _target;
    private readonly ResilienceOptions _resilience;
    private readonly ContentVerifier _verifier;
    private readonly ReadWatch _watch;
    private GetReply? _reply;
    private long _position;
    private int _failures;
    private State _state;

    /// <summary>
    /// Takes over an answer; it is disposed at the end of the content, with the stream, or here when it cannot be accepted.
    /// </summary>
    /// <exception cref="S3ToolkitException">Verification is required and the answer does not allow it.</exception>
    public ResumingStream(S3Caller caller, GetObjectOptions options, GetReply first, ResilienceOptions resilience)
    {
        (_caller, _resilience, _reply) = (caller, resilience, first);
        _target = new DownloadTarget(options, first);
        _call = new S3Call("GetObject", _target.BucketName, _target.Key);
        _verifier = ContentVerifier.Create(first.Info, _target.CoversObject, options.CustomerKey is not null);
        _watch = new ReadWatch(resilience.InactivityTimeout, caller.TimeProvider);
        if (options.RequireVerification && _verifier.Reach == ContentVerification.LengthOnly)
        {
            first.Dispose();
            _watch.Dispose();
            _verifier.Dispose();
            throw _target.CannotVerify();
        }

        caller.Telemetry.ReaderOpened();
    }

    /// <summary>A part of a content, which somebody else verifies. Without an answer the first read asks for it.</summary>
    public ResumingStream(S3Caller caller, DownloadTarget part, GetReply? open, ResilienceOptions resilience)
    {
        (_caller, _target, _resilience, _reply) = (caller, part, resilience, open);
        _call = new S3Call("GetObject", part.BucketName, part.Key);
        _verifier = ContentVerifier.None;
        _watch = new ReadWatch(resilience.InactivityTimeout, caller.TimeProvider);
        caller.Telemetry.ReaderOpened();
    }

    private enum State
    {
        Open,
        Ended,
        Failed,
        Disposed,
    }

    /// <summary>The length of the content; null when the server did not say.</summary>
    public long? LengthBytes => _target.Length;

    /// <summary>How far the content was verified; pending until it was read to its end.</summary>
    public ContentVerification Verification { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        if (_state == State.Failed) throw new IOException($"The reading of {_target} failed before; open it again.");
        if (_state == State.Ended || (buffer.IsEmpty && _target.Length != 0)) return 0;
        if (_target.Length == 0) return End(0);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _reply ??= await ReopenAsync(cancellationToken).ConfigureAwait(false);
                if (await TryReadAsync(_reply, buffer, cancellationToken).ConfigureAwait(false) is { } count)
                    return Advance(buffer.Span, count);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A cancelled read leaves the connection in a state that nobody knows. Should the caller read on, it is replaced.
            DropReply();
            throw;
        }
        catch (Exception) when (_state != State.Disposed)
        {
            Close(State.Failed);
            throw;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        // There is one way to resume, and it is asynchronous; nothing in it needs the caller's thread.
        var rented = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var count = ReadAsync(rented.AsMemory(0, buffer.Length)).AsTask().GetAwaiter().GetResult();
            rented.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close(State.Disposed);
        base.Dispose(disposing);
    }

    /// <summary>Reads from the open body; null when it broke and was given up, which counts as a failure.</summary>
    private async ValueTask<int?> TryReadAsync(GetReply reply, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var most = (int)Math.Min(buffer.Length, (_target.Length ?? long.MaxValue) - _position);
        Exception? cause = null;
        try
        {
            var count = await _watch.ReadAsync(reply.Body, buffer[..most], cancellationToken).ConfigureAwait(false);
            if (count > 0 || _target.Length is null) return count;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && DownloadTarget.CanResumeAfter(error))
        {
            cause = error;
        }

        DropReply();
        _failures++;
        if (_failures >= _resilience.MaxAttempts || !_target.CanResume) throw _target.Broken(_position, _failures, cause);
        _caller.Telemetry.Resume(_call, _target.FirstByte + _position, cause);
        await Task.Delay(_caller.BackoffDelay(_failures - 1, throttling: false), _caller.TimeProvider, cancellationToken)
            .ConfigureAwait(false);
        return null;
    }

    private async ValueTask<GetReply> ReopenAsync(CancellationToken cancellationToken)
    {
        var options = _target.Rest(_position);
        try
        {
            return await AskAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (PreconditionFailedException) when (options.VersionId is null && _target.FoundVersionId is not null)
        {
            // Overwritten, but in a bucket that keeps versions: the one that we read is still there. Asked for only now, because
            // reading a version by its id takes a permission of its own.
            var reply = await AskAsync(options with { VersionId = _target.FoundVersionId }, cancellationToken).ConfigureAwait(false);
            _target.PinVersion();
            return reply;
        }
        catch (PreconditionFailedException error)
        {
            throw _target.Changed(_position, error);
        }
    }

    private async ValueTask<GetReply> AskAsync(GetObjectOptions options, CancellationToken cancellationToken)
    {
        var reply = await _caller.CallAsync(
            _call, (wire, attempt) => wire.Transport.GetObjectAsync(_target.BucketName, _target.Key, options, attempt), cancellationToken)
            .ConfigureAwait(false);
        if (_target.Refuse(reply.Value, _position) is not { } refusal) return reply.Value;
        reply.Value.Dispose();
        throw refusal;
    }

    private int Advance(ReadOnlySpan<byte> buffer, int count)
    {
        _failures = 0;
        _position += count;
        _verifier.Append(buffer[..count]);
        var ended = _target.Length is { } length ? _position >= length : count == 0;
        return ended ? End(count) : count;
    }

    private int End(int count)
    {
        try
        {
            _verifier.ThrowIfDifferent();
        }
        catch
        {
            Close(State.Failed);
            throw;
        }

        Verification = _verifier.Reach;
        Close(State.Ended);
        return count;
    }

    private void DropReply() => Interlocked.Exchange(ref _reply, null)?.Dispose();

    private void Close(State state)
    {
        var before = _state;
        if (before == State.Disposed) return;
        _state = state;
        if (before != State.Open) return;
        DropReply();
        _watch.Dispose();
        _verifier.Dispose();
        _caller.Telemetry.ReaderClosed();
    }
}
