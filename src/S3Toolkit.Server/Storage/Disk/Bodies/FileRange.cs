namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>The files that hold a range of a body, one after the other.</summary>
/// <param name="Files">In their order; none of them beside the range.</param>
/// <param name="Offset">Where the range begins in the first of them.</param>
/// <param name="Length">Of the range, in bytes.</param>
internal sealed record FileRange(IReadOnlyList<StoredFile> Files, long Offset, long Length)
{
    /// <summary>Cuts a range out of a body.</summary>
    public static FileRange Of(IEnumerable<StoredFile> files, long offset, long length)
    {
        List<StoredFile> found = [];
        long start = 0, first = 0;
        foreach (StoredFile file in files)
        {
            if (Touches(start, file.Length, offset, length))
            {
                if (found.Count == 0) first = offset - start;
                found.Add(file);
            }
            start += file.Length;
        }
        return new FileRange(found, first, length);
    }

    /// <summary>Whether a file that begins somewhere in a body has a byte of a range.</summary>
    public static bool Touches(long start, long fileLength, long offset, long length) =>
        fileLength > 0 && start < offset + length && start + fileLength > offset;
}
