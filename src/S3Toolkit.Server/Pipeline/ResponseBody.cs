namespace S3Toolkit.Server.Pipeline;

/// <summary>The bytes of an answer, written once its head is out.</summary>
internal abstract class ResponseBody : IAsyncDisposable
{
    /// <summary>In bytes.</summary>
    public abstract long Length { get; }

    public abstract Task WriteAsync(Stream destination, CancellationToken cancellationToken);

    /// <summary>Gives back what the body holds, whether it was written or not.</summary>
    public virtual ValueTask DisposeAsync() => default;
}
