using Microsoft.AspNetCore.StaticFiles;

namespace S3Toolkit.Server.Testing;

/// <summary>An object to be: its key, and how to open its bytes.</summary>
internal sealed record SeedObject(string Key, long Length, Func<Stream> Open)
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>By the key's end; null for what has no known one, which S3 calls binary/octet-stream.</summary>
    public string? ContentType => ContentTypes.TryGetContentType(Key, out string? type) ? type : null;

    public static SeedObject FromBytes(string key, byte[] bytes) => new(key, bytes.Length, () => new MemoryStream(bytes, writable: false));

    /// <summary>All files in and below a folder, in the order of their names; none is left out silently.</summary>
    /// <exception cref="IOException">There is no such folder, or it cannot be read.</exception>
    public static IEnumerable<SeedObject> FromFolder(string folder)
    {
        DirectoryInfo root = new(folder);
        if (!root.Exists) throw new DirectoryNotFoundException($"There is no folder '{root.FullName}' to seed from.");
        // A link could lead anywhere, or in circles. Hidden files are taken: they are what somebody put there.
        EnumerationOptions all = new()
        {
            RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false,
        };
        FileInfo[] files = Readable(() => root.GetFiles("*", all));
        return files.OrderBy(static file => file.FullName, StringComparer.Ordinal).Select(file =>
        {
            string key = Path.GetRelativePath(root.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            return new SeedObject(key, file.Length, () => Readable(file.OpenRead));
        });
    }

    private static T Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
