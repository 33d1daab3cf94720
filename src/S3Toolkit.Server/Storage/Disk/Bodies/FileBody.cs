namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>A body in files, one after the other: one for an object in one piece, one a part for the others.</summary>
internal sealed class FileBody : IObjectBody
{
    private readonly long[] _offsets;

    /// <param name="store">Where the files are.</param>
    /// <param name="files">In their order.</param>
    /// <param name="owner">Bucket and key, for messages.</param>
    public FileBody(BodyFiles store, IReadOnlyList<StoredFile> files, string owner)
    {
        (Store, Files, Owner) = (store, files, owner);
        _offsets = new long[files.Count];
        for (int i = 0; i < files.Count; i++)
        {
            _offsets[i] = Length;
            Length += files[i].Length;
        }
    }

    public BodyFiles Store { get; }

    public IReadOnlyList<StoredFile> Files { get; }

    public string Owner { get; }

    public long Length { get; }

    public ValueTask<Stream> OpenAsync(long offset, long length, CancellationToken cancellationToken)
    {
        FileBodyStream stream = new(this, offset, length);
        try
        {
            stream.Prime();
        }
        catch
        {
            stream.Dispose();
            throw;
        }
        return new(stream);
    }

    /// <summary>The file that holds a byte, and the place of the byte in it.</summary>
    public (int File, long Offset) Locate(long position)
    {
        int index = Array.BinarySearch(_offsets, position);
        if (index < 0) index = ~index - 1;
        // Of several files that begin at one place all but the last are empty.
        while (index + 1 < _offsets.Length && _offsets[index + 1] == position) index++;
        return (index, position - _offsets[index]);
    }
}
