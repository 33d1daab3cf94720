namespace S3Toolkit;

/// <summary>
/// A file. Its length is fixed when the content is made: a file that changes while it uploads is an error, not a torn object.
/// </summary>
internal sealed class FileContent : ObjectContent
{
    public FileContent(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw Directory.Exists(path)
                ? new ArgumentException($"'{path}' is a folder; a file is needed.", nameof(path))
                : new FileNotFoundException($"There is no file '{path}' to upload.", path);
        }

        Path = file.FullName;
        // A link has a length and a time of its own; what is sent is what it leads to.
        var target = file.LinkTarget is null ? file : (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
        if (!target.Exists) throw new FileNotFoundException($"'{path}' is a link to '{target.FullName}', which does not exist.", path);
        Length = target.Length;
        LastWriteTimeUtc = target.LastWriteTimeUtc;
    }

    public string Path { get; }

    public DateTime LastWriteTimeUtc { get; }

    public override long? Length { get; }

    public override bool IsReplayable => true;

    internal override string? FileName => Path;

    public override Stream OpenRead() => new FileStream(Path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        // Others may write: that the file then has another length is found out, and said, rather than locked out.
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        BufferSize = 0,
    });
}
