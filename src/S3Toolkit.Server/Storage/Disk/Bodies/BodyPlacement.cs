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

    internal sealed record InFiles(IReadOnlyList<StoredFile> Files) : BodyPlacement
    {
        public override long Length { get; } = Files.Sum(file => file.Length);
    }
}
