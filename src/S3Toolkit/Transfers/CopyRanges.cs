namespace S3Toolkit.Transfers;

/// <summary>A part of a copy.</summary>
internal sealed record CopyRange(int Number, long Offset, long Length);

/// <summary>Cuts an object into ranges, one after another.</summary>
internal sealed class CopyRanges(long length, long partSize)
{
    private long _offset;
    private int _number;

    /// <summary>The next range; null after the last.</summary>
    public CopyRange? Next()
    {
        var size = Math.Min(partSize, length - _offset);
        if (size <= 0) return null;
        var range = new CopyRange(++_number, _offset, size);
        _offset += size;
        return range;
    }
}
