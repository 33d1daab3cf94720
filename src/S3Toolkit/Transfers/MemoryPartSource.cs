using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>Cuts memory into slices. Nothing is copied.</summary>
internal sealed class MemoryPartSource(ReadOnlyMemory<byte> content, long partSize) : IPartSource
{
    private int _offset;
    private int _number;

    public long? Length => content.Length;

    public ValueTask<UploadPart?> NextAsync(CancellationToken cancellationToken)
    {
        var length = (int)Math.Min(partSize, content.Length - _offset);
        if (length <= 0) return new((UploadPart?)null);
        var part = new UploadPart(++_number, new MemoryBody(content.Slice(_offset, length)));
        _offset += length;
        return new(part);
    }

    public void ThrowIfChanged()
    {
    }
}
