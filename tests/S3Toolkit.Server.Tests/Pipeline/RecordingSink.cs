using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Pipeline;

/// <summary>Keeps the answer of a pipeline.</summary>
internal sealed class RecordingSink : IResponseSink
{
    public int? Status { get; private set; }

    public long ContentLength { get; private set; }

    public bool IsReset { get; private set; }

    public MemoryStream Written { get; } = new();

    public Stream Body => Written;

    public ValueTask StartAsync(int status, S3HeaderCollection headers, long contentLength, CancellationToken cancellationToken)
    {
        (Status, ContentLength) = (status, contentLength);
        return default;
    }

    public void EndShort() => IsReset = true;

    public void Abort() => IsReset = true;
}
