namespace S3Toolkit;

/// <summary>The bytes are not those that were stored: a checksum or a length differs. Nothing of them was kept.</summary>
public sealed class ContentCorruptedException : S3ToolkitException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="errorCode">The error code.</param>
    /// <param name="innerException">The cause.</param>
    public ContentCorruptedException(string message, S3ErrorCode errorCode, Exception? innerException = null)
        : base(message, errorCode, innerException)
    {
    }
}
