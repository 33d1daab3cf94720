namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>A small body, read with its object.</summary>
internal sealed class InlineBody(BodyPlacement.Inline placement, string owner) : IObjectBody
{
    public long Length => placement.Length;

    public ValueTask<Stream> OpenAsync(long offset, long length, CancellationToken cancellationToken)
    {
        byte[] bytes = placement.Bytes;
        if (bytes.Length > 0 && BlockChecksum.Of(bytes) != placement.Checksum)
            throw new StorageDamagedException($"The stored bytes of '{owner}' no longer match their checksum: they are not served.");
        return new(new MemoryStream(bytes, (int)offset, (int)length, writable: false));
    }
}
