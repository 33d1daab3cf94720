namespace S3Toolkit.Server.Faults;

// The values behind S3Fault's factories, one line each.

internal sealed record DelayFault(TimeSpan Duration) : S3Fault;

internal sealed record ErrorFault(int Status, string Code, TimeSpan? RetryAfter) : S3Fault;

internal sealed record ResetFault(bool AfterCommit) : S3Fault;

internal sealed record TruncateFault(long AfterBytes) : S3Fault;

internal sealed record FlipFault(long Offset) : S3Fault;

internal sealed record StallFault(long AfterBytes) : S3Fault;

internal sealed record SlowFault(int BytesPerSecond) : S3Fault;

internal sealed record OkWithErrorFault(string Code) : S3Fault;

internal sealed record HtmlFault(int Status) : S3Fault;

internal sealed record RedirectFault(Uri? Endpoint) : S3Fault;

internal sealed record SkewFault(TimeSpan Skew) : S3Fault;
