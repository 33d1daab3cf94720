using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using S3Toolkit.Transport;

namespace S3Toolkit.Diagnostics;

/// <summary>
/// Everything that a store tells the outside: one activity and one duration for each call, and for each retry, time-out and change of
/// a breaker one log line and one count.
/// </summary>
internal sealed class StoreTelemetry(string storeName, ILogger logger)
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string SourceName = "S3Toolkit";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "s3toolkit.call.duration", "s", "Time of a call until its answer's headers, retries and waits included.");

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("s3toolkit.retries", "{retry}", "Attempts after the first.");

    private static readonly Counter<long> Timeouts = Meter.CreateCounter<long>(
        "s3toolkit.timeouts", "{timeout}", "Attempts that ended because no byte moved, and calls that ended by the total time-out.");

    private static readonly Counter<long> BudgetRefusals = Meter.CreateCounter<long>(
        "s3toolkit.retry_budget.refusals", "{retry}", "Retries that were not made because the budget was spent.");

    private static readonly Counter<long> BreakerChanges = Meter.CreateCounter<long>(
        "s3toolkit.breaker.changes", "{change}", "Changes of the circuit breaker, by the state it went to.");

    private static readonly Counter<long> Resumes = Meter.CreateCounter<long>(
        "s3toolkit.download.resumes", "{resume}", "Bodies that broke and were continued with another request.");

    private static readonly UpDownCounter<long> OpenReads = Meter.CreateUpDownCounter<long>(
        "s3toolkit.open_reads", "{read}", "Object readers that are open: not read to their end and not disposed.");

    private readonly KeyValuePair<string, object?> _store = new("s3toolkit.store", storeName);

    public Activity? StartCall(in S3Call call)
    {
        // Named as OpenTelemetry's conventions for AWS SDK spans have it: "S3/GetObject", rpc.* and aws.s3.* attributes.
        var activity = Source.StartActivity("S3/" + call.Operation, ActivityKind.Client);
        if (activity is not { IsAllDataRequested: true }) return activity;
        activity.SetTag("rpc.system", "aws-api").SetTag("rpc.service", "S3").SetTag("rpc.method", call.Operation);
        activity.SetTag(_store.Key, _store.Value);
        if (call.BucketName is { } bucket) activity.SetTag("aws.s3.bucket", bucket);
        if (call.Key is { } key) activity.SetTag("aws.s3.key", key);
        return activity;
    }

    public void EndCall(Activity? activity, in S3Call call, TimeSpan elapsed, int attempts, Exception? error)
    {
        var outcome = error switch
        {
            null => "ok",
            S3ToolkitException known => known.ErrorCode.Value,
            OperationCanceledException => "cancelled",
            _ => error.GetType().Name,
        };
        Duration.Record(elapsed.TotalSeconds, _store, new("rpc.method", call.Operation), new("s3toolkit.outcome", outcome));
        if (activity is null) return;
        activity.SetTag("s3toolkit.attempts", attempts);
        if (error is not null)
        {
            activity.SetTag("error.type", outcome);
            activity.SetStatus(ActivityStatusCode.Error, outcome);
        }

        activity.Dispose();
    }

    public void Retry(in S3Call call, S3ToolkitException error, int attempt, TimeSpan delay)
    {
        Retries.Add(1, _store, new("rpc.method", call.Operation), new("error.type", error.ErrorCode.Value));
        LogMessages.Retrying(
            logger, call.Operation, call.BucketName, call.Key, attempt, error.ErrorCode.Value, error.RequestId, delay.TotalMilliseconds);
    }

    public void BudgetSpent(in S3Call call)
    {
        BudgetRefusals.Add(1, _store, new KeyValuePair<string, object?>("rpc.method", call.Operation));
        LogMessages.BudgetSpent(logger, call.Operation, call.BucketName);
    }

    public void AttemptTimeout(in S3Call call, int attempt, TimeSpan inactivity)
    {
        Timeouts.Add(1, _store, new("rpc.method", call.Operation), new("s3toolkit.timeout", "inactivity"));
        LogMessages.AttemptTimedOut(logger, call.Operation, call.BucketName, call.Key, attempt, inactivity.TotalSeconds);
    }

    public void TotalTimeout(in S3Call call, TimeSpan total)
    {
        Timeouts.Add(1, _store, new("rpc.method", call.Operation), new("s3toolkit.timeout", "total"));
        LogMessages.CallTimedOut(logger, call.Operation, call.BucketName, call.Key, total.TotalSeconds);
    }

    public void BreakerOpened(string bucketName, TimeSpan duration, bool manual)
    {
        BreakerChanges.Add(1, _store, new KeyValuePair<string, object?>("s3toolkit.breaker.state", manual ? "isolated" : "open"));
        LogMessages.BreakerOpened(logger, storeName, bucketName, duration.TotalSeconds);
    }

    public void BreakerChanged(string bucketName, string state)
    {
        BreakerChanges.Add(1, _store, new KeyValuePair<string, object?>("s3toolkit.breaker.state", state));
        LogMessages.BreakerChanged(logger, storeName, bucketName, state);
    }

    public void Resume(in S3Call call, long offset, Exception? cause)
    {
        Resumes.Add(1, _store);
        LogMessages.Resuming(logger, call.BucketName, call.Key, offset, cause?.GetType().Name ?? "end of stream");
    }

    public void AbortFailed(string bucketName, string key, string uploadId, Exception error) =>
        LogMessages.AbortFailed(logger, error, bucketName, key, uploadId);

    public void ProgressFailed(string bucketName, string key, Exception error) =>
        LogMessages.ProgressFailed(logger, error, bucketName, key);

    public void DownloadResumed(string bucketName, string key, int done, int parts) =>
        LogMessages.DownloadResumed(logger, bucketName, key, done, parts);

    public void DownloadAfresh(string bucketName, string key, string reason) =>
        LogMessages.DownloadAfresh(logger, bucketName, key, reason);

    public void ReaderOpened() => OpenReads.Add(1, _store);

    public void ReaderClosed() => OpenReads.Add(-1, _store);
}
