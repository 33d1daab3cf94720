namespace S3Toolkit.Tests.Docs;

/// <summary>Holds the code to the house rule that a line has 140 columns at most.</summary>
[TestFixture]
public sealed class LineLengthTests
{
    private const int MaxColumns = 140;

    [Test]
    public void Lines_OfAllCode_AreNoLongerThanTheRuleHasIt()
    {
        List<string> files = [.. new[] { "src", "tests", "samples", "benchmarks" }
            .SelectMany(static folder => Directory.EnumerateFiles(RepositoryFiles.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(static path => !IsBuilt(path))];

        Assert.That(files, Has.Count.GreaterThan(500));
        Assert.That(files.SelectMany(LongLines), Is.Empty);
    }

    private static bool IsBuilt(string path) =>
        Path.GetRelativePath(RepositoryFiles.Root, path).Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj");

    private static IEnumerable<string> LongLines(string path) => File.ReadLines(path)
        .Select((line, index) => (line.Length, Place: $"{Path.GetRelativePath(RepositoryFiles.Root, path)}:{index + 1}"))
        .Where(static line => line.Length > MaxColumns)
        .Select(static line => $"{line.Place} has {line.Length} columns");
}
