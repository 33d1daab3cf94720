using System.Text.RegularExpressions;

namespace S3Toolkit.Tests.Packaging;

/// <summary>The SDK's types stop at the seam: the next transport must not find them elsewhere.</summary>
[TestFixture]
public sealed partial class SdkSeamTests
{
    private static readonly string[] Seam =
        ["src/S3Toolkit/Transport/", "src/S3Toolkit/DependencyInjection/", "src/S3Toolkit/SdkEscapeHatch.cs"];

    [Test]
    public void Sources_OutsideTheSeam_NameNothingOfTheSdk()
    {
        var sources = Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(RepositoryFiles.Root, path).Replace('\\', '/'))
            .Where(path => !BuildOutput().IsMatch(path))
            .ToList();

        var users = sources.Where(path => NamesTheSdk().IsMatch(RepositoryFiles.Read(path))).ToList();

        Assert.That(users.Where(path => !Seam.Any(place => path.StartsWith(place, StringComparison.Ordinal))), Is.Empty);
        Assert.That(users, Is.Not.Empty, "nothing was found at all: the search is broken");
    }

    // A using, or a full name in code; a comment may speak of the SDK.
    [GeneratedRegex(
        @"^\s*(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?Amazon\b|^(?!\s*//).*\bAmazon\.(S3|Runtime|Util|Extensions)\.",
        RegexOptions.Multiline)]
    private static partial Regex NamesTheSdk();

    [GeneratedRegex("/(bin|obj)/")]
    private static partial Regex BuildOutput();
}
