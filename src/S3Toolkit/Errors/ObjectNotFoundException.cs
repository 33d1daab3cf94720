namespace S3Toolkit;

/// <summary>The object, or the version of it that was asked for, does not exist.</summary>
public sealed class ObjectNotFoundException : S3ToolkitException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="errorCode">The error code.</param>
    /// <param name="innerException">The cause.</param>
    public ObjectNotFoundException(string message, S3ErrorCode errorCode, Exception? innerException = null)
        : base(message, errorCode, innerException)
    {
    }
}
