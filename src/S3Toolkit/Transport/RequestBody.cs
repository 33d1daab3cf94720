namespace S3Toolkit.Transport;

/// <summary>The body of a put or a part: of known length, and readable again for each attempt.</summary>
internal abstract class RequestBody(long length)
{
    public long Length => length;

    /// <summary>Opens the body at its start. The stream can seek, and whoever opened it disposes it.</summary>
    public abstract Stream Open();

    /// <summary>Whether the body lies in memory, so that it can be sent and looked at without a copy.</summary>
    public virtual bool TryGetMemory(out ReadOnlyMemory<byte> memory)
    {
        memory = default;
        return false;
    }
}

/// <summary>A body in memory, perhaps in a rented buffer that its owner keeps until the call is over.</summary>
internal sealed class MemoryBody(ReadOnlyMemory<byte> content) : RequestBody(content.Length)
{
    public override Stream Open() => MemoryContent.Open(content);

    public override bool TryGetMemory(out ReadOnlyMemory<byte> memory)
    {
        memory = content;
        return true;
    }
}
