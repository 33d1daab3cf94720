using Microsoft.Extensions.Logging;

namespace S3Toolkit.Diagnostics;

/// <summary>Every line that the library logs. None holds a secret, a signature or a query.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information,
        "{Operation} on bucket {Bucket}, key {Key}: attempt {Attempt} failed with {ErrorCode} (request {RequestId}), "
        + "retrying in {DelayMs:F0} ms")]
    public static partial void Retrying(
        ILogger logger, string operation, string? bucket, string? key, int attempt, string errorCode, string? requestId, double delayMs);

    [LoggerMessage(2, LogLevel.Warning, "{Operation} on bucket {Bucket} is not retried: the retry budget is spent")]
    public static partial void BudgetSpent(ILogger logger, string operation, string? bucket);

    [LoggerMessage(
        3, LogLevel.Warning, "{Operation} on bucket {Bucket}, key {Key}: attempt {Attempt} ended, no byte moved for {Seconds:F0} s")]
    public static partial void AttemptTimedOut(ILogger logger, string operation, string? bucket, string? key, int attempt, double seconds);

    [LoggerMessage(4, LogLevel.Warning, "{Operation} on bucket {Bucket}, key {Key} ended by the total time-out of {Seconds:F0} s")]
    public static partial void CallTimedOut(ILogger logger, string operation, string? bucket, string? key, double seconds);

    [LoggerMessage(5, LogLevel.Error, "Store {Store}: the circuit breaker of bucket {Bucket} opened for {Seconds:F0} s")]
    public static partial void BreakerOpened(ILogger logger, string store, string bucket, double seconds);

    [LoggerMessage(6, LogLevel.Information, "Store {Store}: the circuit breaker of bucket {Bucket} is now {State}")]
    public static partial void BreakerChanged(ILogger logger, string store, string bucket, string state);

    [LoggerMessage(7, LogLevel.Information, "The body of s3://{Bucket}/{Key} broke at byte {Offset} ({Cause}); continuing from there")]
    public static partial void Resuming(ILogger logger, string? bucket, string? key, long offset, string cause);

    [LoggerMessage(8, LogLevel.Warning,
        "The upload {UploadId} of s3://{Bucket}/{Key} could not be aborted; its parts stay until AbortStaleUploadsAsync "
        + "or a lifecycle rule removes them")]
    public static partial void AbortFailed(ILogger logger, Exception error, string bucket, string key, string uploadId);

    [LoggerMessage(9, LogLevel.Warning,
        "Store {Store}: the IAmazonS3 of the container retries by itself (MaxErrorRetry {MaxErrorRetry}, "
        + "MaxStaleConnectionRetries {MaxStaleRetries}); S3Toolkit leaves retries to it. Set both to 0 to let S3Toolkit own them")]
    public static partial void ForeignClientRetries(ILogger logger, string store, int maxErrorRetry, int maxStaleRetries);

    [LoggerMessage(20, LogLevel.Warning,
        "Store {Store}: PublicEndpoint and AddressingStyle do nothing with an IAmazonS3 of the container, which has settings of its own")]
    public static partial void OptionsOfForeignClient(ILogger logger, string store);

    [LoggerMessage(12, LogLevel.Warning, "The listener to the progress of s3://{Bucket}/{Key} threw; the transfer goes on")]
    public static partial void ProgressFailed(ILogger logger, Exception error, string bucket, string key);

    [LoggerMessage(
        21, LogLevel.Information, "The download of s3://{Bucket}/{Key} goes on: {Done} of {Parts} parts are in its file already")]
    public static partial void DownloadResumed(ILogger logger, string bucket, string key, int done, int parts);

    [LoggerMessage(22, LogLevel.Warning, "The download of s3://{Bucket}/{Key} starts afresh in spite of its journal: {Reason}")]
    public static partial void DownloadAfresh(ILogger logger, string bucket, string key, string reason);
}
