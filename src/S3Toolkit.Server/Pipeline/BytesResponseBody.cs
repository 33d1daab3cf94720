namespace S3Toolkit.Server.Pipeline;

/// <summary>A body that is in memory: XML, mostly.</summary>
internal sealed class BytesResponseBody(ReadOnlyMemory<byte> bytes) : ResponseBody
{
    public override long Length => bytes.Length;

    public override Task WriteAsync(Stream destination, CancellationToken cancellationToken) =>
        destination.WriteAsync(bytes, cancellationToken).AsTask();
}
