namespace S3Toolkit.Conformance;

/// <summary>A folder that goes when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("s3toolkit-");

    /// <summary>A path inside; nothing is created.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A file with content.</summary>
    public string File(string name, ReadOnlySpan<byte> content)
    {
        var path = PathOf(name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>The names of all files inside, hidden ones too.</summary>
    public IReadOnlyList<string> Names()
    {
        var all = new EnumerationOptions { AttributesToSkip = 0 };
        return [.. _folder.EnumerateFiles("*", all).Select(file => file.Name).Order(StringComparer.Ordinal)];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
