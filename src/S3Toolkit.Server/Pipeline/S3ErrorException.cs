namespace S3Toolkit.Server.Pipeline;

/// <summary>Unwinds the pipeline to the one place that turns an <see cref="S3Error"/> into an answer.</summary>
internal sealed class S3ErrorException(S3Error error, Exception? innerException = null)
    : Exception(error.Code + ": " + error.Message, innerException)
{
    public S3Error Error { get; } = error;
}
