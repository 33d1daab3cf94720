namespace S3Toolkit.Transfers;

/// <summary>
/// Reads a slice of a file. Where the slice ends the file, it looks at the file once more before it hands out the last bytes: a file
/// that changed must not become an object, and without its last bytes a request cannot succeed.
/// </summary>
internal sealed class FileSliceStream(FileSource file, long offset, long length) : ReadOnlyStream
{
    private long _position;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override int Read(Span<byte> buffer)
    {
        var wanted = Wanted(buffer.Length);
        return wanted == 0 ? 0 : Advance(file.Read(offset + _position, buffer[..wanted]));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = Wanted(buffer.Length);
        return wanted == 0 ? 0 : Advance(await file.ReadAsync(offset + _position, buffer[..wanted], cancellationToken)
            .ConfigureAwait(false));
    }

    private int Wanted(int most) => (int)Math.Clamp(length - _position, 0, most);

    private int Advance(int count)
    {
        if (count == 0) throw file.EndedEarly(offset + _position);
        var next = _position + count;
        if (next == length && offset + length == file.Length) file.ThrowIfChanged();
        _position = next;
        return count;
    }
}
