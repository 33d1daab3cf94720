namespace S3Toolkit;

/// <summary>A condition of the call did not hold: the object exists already, or has another ETag than expected.</summary>
public sealed class PreconditionFailedException : S3ToolkitException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="errorCode">The error code.</param>
    /// <param name="innerException">The cause.</param>
    public PreconditionFailedException(string message, S3ErrorCode errorCode, Exception? innerException = null)
        : base(message, errorCode, innerException)
    {
    }
}
