namespace S3Toolkit;

/// <summary>The server refused: no permission, an unknown access key, or a wrong secret. The error code tells which.</summary>
public sealed class S3AccessDeniedException : S3ToolkitException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="errorCode">The error code.</param>
    /// <param name="innerException">The cause.</param>
    public S3AccessDeniedException(string message, S3ErrorCode errorCode, Exception? innerException = null)
        : base(message, errorCode, innerException)
    {
    }
}
