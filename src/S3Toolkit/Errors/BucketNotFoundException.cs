namespace S3Toolkit;

/// <summary>The bucket does not exist.</summary>
public sealed class BucketNotFoundException : S3ToolkitException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="errorCode">The error code.</param>
    /// <param name="innerException">The cause.</param>
    public BucketNotFoundException(string message, S3ErrorCode errorCode, Exception? innerException = null)
        : base(message, errorCode, innerException)
    {
    }
}
