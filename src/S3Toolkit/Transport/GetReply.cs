namespace S3Toolkit.Transport;

/// <summary>An open answer to GetObject: the facts, and the body as it comes from the wire.</summary>
internal sealed class GetReply(ObjectInfo info, ContentRange? range, long? contentLength, Stream body) : IDisposable
{
    private IDisposable? _lease;

    public ObjectInfo Info => info;

    public ContentRange? Range => range;

    /// <summary>The length of the body; null when the server did not say (chunked answers), so that only its end tells.</summary>
    public long? ContentLength => contentLength;

    public Stream Body => body;

    /// <summary>Ties the permit of the call to the body: the call is in flight until the body is disposed.</summary>
    public void Hold(IDisposable lease) => _lease = lease;

    public void Dispose()
    {
        body.Dispose();
        Interlocked.Exchange(ref _lease, null)?.Dispose();
    }
}
