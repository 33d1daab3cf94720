namespace S3Toolkit.Server.Pipeline;

/// <summary>What a host hands its requests to.</summary>
internal interface IRequestPipeline
{
    /// <summary>Never throws for what a request holds; an answer that cannot be sent resets the connection.</summary>
    Task ProcessAsync(S3HttpRequest request, IResponseSink sink, CancellationToken cancellationToken);
}
