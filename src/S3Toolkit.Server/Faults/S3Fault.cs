using S3Toolkit.Server.Faults;

namespace S3Toolkit.Server;

/// <summary>What goes wrong with a request.</summary>
public abstract record S3Fault
{
    private protected S3Fault()
    {
    }

    /// <summary>Waits before anything of the request is looked at, on the server's <see cref="S3ServerOptions.TimeProvider"/>.</summary>
    /// <param name="delay">How long.</param>
    /// <returns>The fault.</returns>
    public static S3Fault Delay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new DelayFault(delay);
    }

    /// <summary>Answers with an error; the operation is not done.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The S3 error code.</param>
    /// <param name="retryAfter">
    /// Sent as <c>Retry-After</c> (whole seconds) and <c>x-amz-retry-after</c> (milliseconds); null sends neither.
    /// </param>
    /// <returns>The fault.</returns>
    public static S3Fault Error(int status, string code, TimeSpan? retryAfter = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return new ErrorFault(status, code, retryAfter);
    }

    /// <summary>Answers 503 SlowDown; the operation is not done.</summary>
    /// <param name="retryAfter">
    /// Sent as <c>Retry-After</c> (whole seconds) and <c>x-amz-retry-after</c> (milliseconds); null sends neither.
    /// </param>
    /// <returns>The fault.</returns>
    public static S3Fault SlowDown(TimeSpan? retryAfter = null) => Error(503, "SlowDown", retryAfter);

    /// <summary>Answers 500 InternalError; the operation is not done.</summary>
    /// <returns>The fault.</returns>
    public static S3Fault InternalError() => Error(500, "InternalError");

    /// <summary>Resets the connection before the request's body is read; the operation is not done.</summary>
    /// <returns>The fault.</returns>
    public static S3Fault ResetBeforeRead() => new ResetFault(AfterCommit: false);

    /// <summary>Does the operation, then resets the connection instead of answering: the client cannot know.</summary>
    /// <returns>The fault.</returns>
    public static S3Fault ResetAfterCommit() => new ResetFault(AfterCommit: true);

    /// <summary>Resets the connection after so many bytes of the answer's body.</summary>
    /// <param name="afterBytes">The number of bytes that still arrive.</param>
    /// <returns>The fault.</returns>
    public static S3Fault TruncateBody(long afterBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterBytes);
        return new TruncateFault(afterBytes);
    }

    /// <summary>Inverts one byte of the answer's body, checksums and lengths as they were.</summary>
    /// <param name="offset">The byte's place, counted from 0.</param>
    /// <returns>The fault.</returns>
    public static S3Fault FlipByte(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new FlipFault(offset);
    }

    /// <summary>
    /// Sends so many bytes of the answer's body and then nothing, until the client leaves or <see cref="S3FaultHandle.Release"/> is called.
    /// </summary>
    /// <param name="afterBytes">The number of bytes before the pause.</param>
    /// <returns>The fault.</returns>
    public static S3Fault StallBody(long afterBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterBytes);
        return new StallFault(afterBytes);
    }

    /// <summary>Sends the answer's body slowly, on the server's <see cref="S3ServerOptions.TimeProvider"/>.</summary>
    /// <param name="bytesPerSecond">How slowly.</param>
    /// <returns>The fault.</returns>
    public static S3Fault SlowBody(int bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytesPerSecond);
        return new SlowFault(bytesPerSecond);
    }

    /// <summary>Answers 200 with an error document, as CopyObject and CompleteMultipartUpload may; the operation is not done.</summary>
    /// <param name="code">The S3 error code.</param>
    /// <returns>The fault.</returns>
    public static S3Fault OkWithError(string code = "InternalError")
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        return new OkWithErrorFault(code);
    }

    /// <summary>Answers with a page of HTML, as an endpoint that is not S3 does.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <returns>The fault.</returns>
    public static S3Fault Html(int status = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return new HtmlFault(status);
    }

    /// <summary>
    /// Answers 409, as S3 does while another operation on the same resource is under way; the operation is not done.
    /// </summary>
    /// <param name="code">The S3 error code; conditional writes get <c>ConditionalRequestConflict</c>.</param>
    /// <returns>The fault.</returns>
    public static S3Fault Conflict(string code = "OperationAborted") => Error(409, code);

    /// <summary>
    /// Answers 307 with a <c>Location</c>, as S3 does while a new bucket's name spreads through DNS; the operation is not done.
    /// </summary>
    /// <param name="endpoint">The scheme, host and port to go to, path and query as they were; null sends back to the same place.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentException">The endpoint is not absolute.</exception>
    public static S3Fault TemporaryRedirect(Uri? endpoint = null)
    {
        if (endpoint is { IsAbsoluteUri: false }) throw new ArgumentException($"'{endpoint}' is not absolute.", nameof(endpoint));
        return new RedirectFault(endpoint);
    }

    /// <summary>
    /// Moves the clock that judges the signature and writes the <c>Date</c>. Beyond 15 minutes the answer is 403 RequestTimeTooSkewed,
    /// until the client signs by the server's <c>Date</c>.
    /// </summary>
    /// <param name="skew">How far the server's clock is ahead of the client's; negative when it is behind.</param>
    /// <returns>The fault.</returns>
    public static S3Fault ClockSkew(TimeSpan skew) => new SkewFault(skew);

    /// <summary>Writes the fault as <see cref="S3FaultPlan.Parse"/> reads it.</summary>
    /// <returns>Such as <c>SlowDown retryAfter=3s</c>.</returns>
    public sealed override string ToString() => FaultText.Write(this);
}
