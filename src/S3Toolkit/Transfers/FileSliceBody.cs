using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>A part of a file, read as it is sent. Each attempt reads on its own.</summary>
internal sealed class FileSliceBody(FileSource file, long offset, long length) : RequestBody(length)
{
    public override Stream Open() => new FileSliceStream(file, offset, Length);
}
