using System.IO.Pipelines;

namespace S3Toolkit.Tests.Transfers;

/// <summary>The kinds of content that an upload can have.</summary>
internal enum ContentKind
{
    Memory,
    File,
    Seekable,
    Unseekable,
    Pipe,
}

internal static class ContentKinds
{
    /// <summary>Content of a kind; short reads for those that are read.</summary>
    public static ObjectContent Of(ContentKind kind, byte[] bytes, string folder, int[]? readSizes = null)
    {
        switch (kind)
        {
            case ContentKind.Memory:
                return bytes;
            case ContentKind.File:
                var path = Path.Combine(folder, Path.GetRandomFileName());
                File.WriteAllBytes(path, bytes);
                return ObjectContent.FromFile(path);
            case ContentKind.Pipe:
                return ObjectContent.FromPipe(PipeReader.Create(new ScriptedStream(bytes, readSizes)));
            default:
                return ObjectContent.FromStream(new ScriptedStream(bytes, readSizes, canSeek: kind == ContentKind.Seekable));
        }
    }
}
