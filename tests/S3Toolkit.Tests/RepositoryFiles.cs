namespace S3Toolkit.Tests;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relativePath) => Path.GetFullPath(Path.Combine(Root, relativePath));

    public static string Read(string relativePath) => File.ReadAllText(PathOf(relativePath)).ReplaceLineEndings("\n");

    public static bool Exists(string relativePath) => Path.Exists(PathOf(relativePath));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "S3Toolkit.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("S3Toolkit.sln is in no folder above the tests: run them from a checkout.");
    }
}
