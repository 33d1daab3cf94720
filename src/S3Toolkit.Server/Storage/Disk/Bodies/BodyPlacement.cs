namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>Where the bytes of a body are: in the database, or in files, one after the other.</summary>
internal abstract record BodyPlacement
{
    /// <summary>Up to here a body is cheaper in the database than in a file of its own, with two flushes of its own.</summary>
    public const int MaxInlineBytes = 16 * 1024;

    public abstract long Length { get; }

    internal sealed record Inline(byte[] Bytes, uint Checksum) : BodyPlacement
    {
        public static readonly Inline Empty = new([], 0);

        public override long Length => Bytes.Length;
    }

    /// <summary>As it is found: which files these are is read when they are.</summary>
    /// <param name="ObjectId">The row of its object.</param>
    /// <param name="FirstFile">What tells whether the row still has this body.</param>
    /// <param name="TotalBytes">Of all files.</param>
    internal sealed record InManyFiles(long ObjectId, string FirstFile, long TotalBytes) : BodyPlacement
    {
        public override long Length => TotalBytes;
    }

    internal sealed record InFiles(IReadOnlyList<StoredFile> Files) : BodyPlacement
    {
        public override long Length { get; } = Files.Sum(file => file.Length);
    }
}
