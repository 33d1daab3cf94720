using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using S3Toolkit.Diagnostics;
using S3Toolkit.Transport;

namespace S3Toolkit.Resilience;

/// <summary>
/// The single place where a call is named, measured, retried, and its error turned into an exception. Nothing reaches the wire past it.
/// </summary>
internal sealed class S3Caller(
    StoreConnection connection, ResilienceOptions options, PipelineFactory pipelines, StoreTelemetry telemetry, TimeProvider timeProvider)
{
    // Calls about the account, such as ListBuckets, share one pipeline.
    private const string AccountScope = "";

    private readonly ConcurrentDictionary<string, BucketResilience> _buckets = new(StringComparer.Ordinal);

    public StoreTelemetry Telemetry => telemetry;

    public TimeProvider TimeProvider => timeProvider;

    public ResilienceOptions Options => options;

    /// <inheritdoc cref="PipelineFactory.Delay"/>
    public TimeSpan BackoffDelay(int retry, bool throttling) => pipelines.Delay(retry, throttling);

    /// <summary>Makes a call. The reply has an error only when the call expects it.</summary>
    /// <param name="call">What the call is about.</param>
    /// <param name="send">Makes one attempt.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="S3ToolkitException">The call failed.</exception>
    public async ValueTask<S3Reply<T>> CallAsync<T>(
        S3Call call, Func<S3Wire, S3Attempt, ValueTask<S3Reply<T>>> send, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var state = new CallState(call);
        var started = timeProvider.GetTimestamp();
        var activity = telemetry.StartCall(call);
        Exception? error = null;
        try
        {
            var outcome = await ExecuteAsync(state, send, cancellationToken).ConfigureAwait(false);
            if (outcome.Exception is null) return (S3Reply<T>)outcome.Result!;
            error = Translate(outcome.Exception, state, cancellationToken);
            throw error;
        }
        catch (Exception thrown)
        {
            error ??= thrown;
            throw;
        }
        finally
        {
            telemetry.EndCall(activity, call, timeProvider.GetElapsedTime(started), state.Attempts, error);
        }
    }

    public BucketResilience Resilience(string? bucketName) =>
        _buckets.GetOrAdd(bucketName ?? AccountScope, static (name, factory) => factory.Create(name), pipelines);

    private async ValueTask<Outcome<S3Reply>> ExecuteAsync<T>(
        CallState state, Func<S3Wire, S3Attempt, ValueTask<S3Reply<T>>> send, CancellationToken cancellationToken)
    {
        var resilience = Resilience(state.Call.BucketName);
        var context = ResilienceContextPool.Shared.Get(state.Call.Operation, continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(CallState.Key, state);
        try
        {
            var outcome = await resilience.Pipeline.ExecuteOutcomeAsync(
                static async (context, run) => await run.Caller.AttemptAsync(run.State, run.Resilience, run.Send, context.CancellationToken)
                    .ConfigureAwait(false),
                context,
                (Caller: this, State: state, Resilience: resilience, Send: send)).ConfigureAwait(false);
            if (outcome.Exception is null && state.Attempts == 1) resilience.Budget.Earn();
            return outcome;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Outcome<S3Reply>> AttemptAsync<T>(
        CallState state, BucketResilience resilience, Func<S3Wire, S3Attempt, ValueTask<S3Reply<T>>> send, CancellationToken cancellationToken)
    {
        var number = ++state.Attempts;
        using var attempt = new S3Attempt(number, options.InactivityTimeout, timeProvider, cancellationToken);
        IDisposable? permit = null;
        try
        {
            var wire = await connection.GetAsync(attempt.Token).ConfigureAwait(false);
            permit = await resilience.Permits.TakeAsync(attempt.Token).ConfigureAwait(false);
            attempt.Touch();
            var reply = await send(wire, attempt).ConfigureAwait(false);
            if (reply.Error is { BucketRegion: { } region } && state.Call.BucketName is { } bucket && wire.LearnRegion(bucket, region))
                reply = await send(wire, attempt).ConfigureAwait(false);

            if (reply is { Error: null, Value: GetReply open })
            {
                open.Hold(permit);
                permit = null;
            }

            return reply.Error is null || state.Call.IsExpected(reply.Error)
                ? Outcome.FromResult<S3Reply>(reply)
                : Outcome.FromException<S3Reply>(S3ErrorMapper.ToException(state.Call, reply.Error, number));
        }
        catch (OperationCanceledException) when (attempt.TimedOut)
        {
            return Outcome.FromException<S3Reply>(TimedOut(state, resilience, hadPermit: permit is not null));
        }
        catch (Exception error)
        {
            return Outcome.FromException<S3Reply>(error);
        }
        finally
        {
            permit?.Dispose();
        }
    }

    private S3ToolkitException TimedOut(CallState state, BucketResilience resilience, bool hadPermit)
    {
        telemetry.AttemptTimeout(state.Call, state.Attempts, options.InactivityTimeout);
        var seconds = options.InactivityTimeout.TotalSeconds;
        var error = hadPermit
            ? new S3Error(S3ErrorCode.InactivityTimeout, FormattableString.Invariant($"no byte moved for {seconds:0.###} s"))
            : new S3Error(S3ErrorCode.TooManyOpenCalls, FormattableString.Invariant(
                $"all {resilience.Permits.Count} calls that MaxOpenCalls allows were in flight for {seconds:0.###} s. Dispose ObjectReaders, or raise MaxOpenCalls"));
        return S3ErrorMapper.ToException(state.Call, error, state.Attempts);
    }

    private static Exception Translate(Exception error, CallState state, CancellationToken cancellationToken) => error switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => error,
        TimeoutRejectedException timeout => Map(
            state, S3ErrorCode.TotalTimeout, FormattableString.Invariant($"it took longer than {timeout.Timeout.TotalSeconds:0.###} s, retries included"), error),
        BrokenCircuitException => Map(
            state, S3ErrorCode.CircuitOpen, "the circuit breaker is open after many failures of this endpoint and bucket, so nothing was sent", error),
        _ => error,
    };

    private static S3ToolkitException Map(CallState state, S3ErrorCode code, string message, Exception cause) =>
        S3ErrorMapper.ToException(state.Call, new S3Error(code, message) { Cause = cause }, state.Attempts);
}
