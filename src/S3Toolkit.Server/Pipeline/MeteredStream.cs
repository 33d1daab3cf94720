namespace S3Toolkit.Server.Pipeline;

/// <summary>Counts an answer's bytes on their way out, before they go: who has read them finds them counted.</summary>
internal sealed class MeteredStream(Stream inner, long length, S3RequestLog.Entry entry, S3HttpRequest request) : WriteOnlyStream(inner)
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        entry.Sending(buffer.Length);
        Written += buffer.Length;
        if (Written >= length) entry.Leave(request.BytesRead);
        return Inner.WriteAsync(buffer, cancellationToken);
    }
}
