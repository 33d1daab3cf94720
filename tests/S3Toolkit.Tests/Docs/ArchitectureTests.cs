using System.Text.RegularExpressions;

namespace S3Toolkit.Tests.Docs;

/// <summary>Holds the architecture page to the folders that are there.</summary>
[TestFixture]
public sealed partial class ArchitectureTests
{
    private static readonly string Page = RepositoryFiles.Read("docs/architecture.md");

    [Test]
    public void Paths_EachNamedInThePage_Exist()
    {
        var named = PathInBackticks().Matches(Page).Select(match => match.Groups["path"].Value).Distinct().ToList();

        Assert.That(named, Has.Count.GreaterThan(20));
        Assert.That(named.Where(path => !RepositoryFiles.Exists(path)), Is.Empty);
    }

    [Test]
    public void Folders_EachOfTheSources_AreNamedInThePage()
    {
        var folders = new[] { "src/S3Toolkit", "src/S3Toolkit.Server", "src/Shared", "samples", "tests" }
            .SelectMany(parent => Directory.EnumerateDirectories(RepositoryFiles.PathOf(parent))
                .Select(Path.GetFileName)
                .Where(name => name is not ("bin" or "obj"))
                .Select(name => $"{parent}/{name}"));

        Assert.That(folders.Where(folder => !Page.Contains($"`{folder}", StringComparison.Ordinal)), Is.Empty);
    }

    [GeneratedRegex("`(?<path>(src|tests|samples|docs|eng|.ci)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex PathInBackticks();
}
