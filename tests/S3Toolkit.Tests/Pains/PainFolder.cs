namespace S3Toolkit.Tests.Pains;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class PainFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("s3toolkit-pain-");

    public string FullName => _folder.FullName;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string File(string name, ReadOnlySpan<byte> content)
    {
        var path = PathOf(name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public IReadOnlyList<string> Names() => [.. _folder.EnumerateFiles("*", new EnumerationOptions { AttributesToSkip = 0 }).Select(
        file => file.Name)];

    public void Dispose() => _folder.Delete(recursive: true);
}
