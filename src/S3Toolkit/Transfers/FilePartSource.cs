namespace S3Toolkit.Transfers;

/// <summary>Cuts a file into slices. Nothing is read here.</summary>
internal sealed class FilePartSource(FileSource file, long partSize) : IPartSource
{
    private long _offset;
    private int _number;

    public long? Length => file.Length;

    public ValueTask<UploadPart?> NextAsync(CancellationToken cancellationToken)
    {
        var length = Math.Min(partSize, file.Length - _offset);
        if (length <= 0) return new((UploadPart?)null);
        var part = new UploadPart(++_number, file.Slice(_offset, length));
        _offset += length;
        return new(part);
    }

    public void ThrowIfChanged() => file.ThrowIfChanged();
}
