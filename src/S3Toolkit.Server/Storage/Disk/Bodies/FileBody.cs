namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>A body in files, one after the other: one for an object in one piece, one a part for the others.</summary>
/// <param name="store">Where the files are.</param>
/// <param name="files">In their order.</param>
/// <param name="owner">Bucket and key, for messages.</param>
internal sealed class FileBody(BodyFiles store, IReadOnlyList<StoredFile> files, string owner) : IObjectBody
{
    public IReadOnlyList<StoredFile> Files => files;

    public long Length { get; } = files.Sum(static file => file.Length);

    public ValueTask<Stream> OpenAsync(long offset, long length, CancellationToken cancellationToken) =>
        new(FileBodyStream.Open(store, FileRange.Of(files, offset, length), owner));
}
