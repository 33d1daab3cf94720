using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
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
            // What a user's strategy or source threw keeps the place where it was thrown.
            ExceptionDispatchInfo.Throw(error);
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome<S3Reply>> AttemptAsync<T>(
        CallState state, BucketResilience resilience, Func<S3Wire, S3Attempt, ValueTask<S3Reply<T>>> send,
        CancellationToken cancellationToken)
    {
        var number = ++state.Attempts;
        IDisposable? permit = null;
        S3Attempt? attempt = null;
        try
        {
            permit = await resilience.Permits.TakeAsync(options.InactivityTimeout, cancellationToken).ConfigureAwait(false);
            if (permit is null) return Outcome.FromException<S3Reply>(TooManyOpenCalls(state, resilience.Permits.Count));

            attempt = new S3Attempt(number, options.InactivityTimeout, timeProvider, cancellationToken);
            var wire = await connection.GetAsync(attempt.Token).ConfigureAwait(false);
            attempt.Touch();
            var reply = await SendAsync(state.Call, wire, attempt, send).ConfigureAwait(false);
            reply.Attempt = number;
            if (reply is { Error: null, Value: GetReply open })
            {
                open.Hold(permit);
                permit = null;
            }

            if (reply.Error is null || state.Call.IsExpected(reply.Error)) return Outcome.FromResult<S3Reply>(reply);
            var failure = ClockSkew.Recognize(reply.Error, number, timeProvider.GetUtcNow());
            return Outcome.FromException<S3Reply>(S3ErrorMapper.ToException(state.Call, failure, number));
        }
        catch (OperationCanceledException) when (attempt?.TimedOut == true)
        {
            return Outcome.FromException<S3Reply>(TimedOut(state));
        }
        catch (S3ToolkitException error)
        {
            // From before the wire, such as missing credentials: it does not know yet what call it ended.
            return Outcome.FromException<S3Reply>(
                S3ErrorMapper.ToException(state.Call, new S3Error(error.ErrorCode, error.Message) { Cause = error }, number));
        }
        catch (Exception error)
        {
            return Outcome.FromException<S3Reply>(error);
        }
        finally
        {
            attempt?.Dispose();
            permit?.Dispose();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<S3Reply<T>> SendAsync<T>(
        S3Call call, S3Wire wire, S3Attempt attempt, Func<S3Wire, S3Attempt, ValueTask<S3Reply<T>>> send)
    {
        var reply = await send(wire, attempt).ConfigureAwait(false);
        // The server named the bucket's region: asked there, within the same attempt, since nothing has failed.
        return reply.Error is { BucketRegion: { } region } && call.BucketName is { } bucket && wire.LearnRegion(bucket, region)
            ? await send(wire, attempt).ConfigureAwait(false)
            : reply;
    }

    private S3ToolkitException TimedOut(CallState state)
    {
        telemetry.AttemptTimeout(state.Call, state.Attempts, options.InactivityTimeout);
        return Map(state, S3ErrorCode.InactivityTimeout, FormattableString.Invariant(
            $"no byte moved for {options.InactivityTimeout.TotalSeconds:0.###} s"), cause: null);
    }

    private S3ToolkitException TooManyOpenCalls(CallState state, int count) => Map(
        state,
        S3ErrorCode.TooManyOpenCalls,
        FormattableString.Invariant(
            $"all {count} calls that MaxOpenCalls allows were open, and none ended for {options.InactivityTimeout.TotalSeconds:0.###} s. ")
            + "Dispose ObjectReaders, or raise MaxOpenCalls",
        cause: null);

    private static Exception Translate(Exception error, CallState state, CancellationToken cancellationToken) => error switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => error,
        TimeoutRejectedException timeout => Map(
            state, S3ErrorCode.TotalTimeout,
            FormattableString.Invariant($"it took longer than {timeout.Timeout.TotalSeconds:0.###} s, retries included"), error),
        BrokenCircuitException => Map(
            state, S3ErrorCode.CircuitOpen,
            "the circuit breaker is open after many failures of this endpoint and bucket. " + LastFailure(error), error),
        _ => error,
    };

    private static string LastFailure(Exception broken) =>
        broken.InnerException is S3ToolkitException last ? $"The last of them was {last.ErrorCode}" : "Nothing is sent for a while";

    private static S3ToolkitException Map(CallState state, S3ErrorCode code, string message, Exception? cause) =>
        S3ErrorMapper.ToException(state.Call, new S3Error(code, message) { Cause = cause }, state.Attempts);
}
