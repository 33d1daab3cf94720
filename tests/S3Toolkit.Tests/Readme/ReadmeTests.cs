using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace S3Toolkit.Tests.Readme;

/// <summary>Holds the README to what is compiled and run.</summary>
[TestFixture]
public sealed partial class ReadmeTests
{
    [Test]
    public void Examples_EachCSharpBlockOfTheReadme_IsARegionThatRuns()
    {
        var regions = Regions().ToDictionary(region => Normalised(region.Value), region => region.Key);

        var blocks = CSharpBlock().Matches(RepositoryFiles.Read("README.md"))
            .Select(match => Normalised(match.Groups["code"].Value))
            .ToList();

        Assert.That(blocks.Except(regions.Keys), Is.Empty, "these examples are not compiled: copy them from a region");
        Assert.That(regions.Keys.Except(blocks).Select(code => regions[code]), Is.Empty, "these regions are not shown");
    }

    [Test]
    public void Configuration_TheJsonOfTheReadme_Binds()
    {
        var json = JsonBlock().Match(RepositoryFiles.Read("README.md")).Groups["code"].Value;
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddS3Toolkit();
        services.AddS3Toolkit("archive");
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<S3ToolkitOptions>>();

        Assert.That(options.CurrentValue.Endpoint, Is.EqualTo(new Uri("http://localhost:9000")));
        Assert.That(options.CurrentValue.Resilience.MaxAttempts, Is.EqualTo(6));
        Assert.That(options.Get("archive").Profile, Is.EqualTo("archive"));
    }

    [Test]
    public void Configuration_TheTableOfTheReadme_NamesAllOptions()
    {
        // These are set in code.
        string[] codeOnly = [nameof(S3ToolkitOptions.HttpMessageHandlerFactory), nameof(S3ToolkitOptions.ConnectionResolver)];
        string[] nested = [nameof(S3ToolkitOptions.Transfers), nameof(S3ToolkitOptions.Resilience)];
        var options = Names(typeof(S3ToolkitOptions)).Except(codeOnly).Except(nested)
            .Concat(Names(typeof(TransferOptions)).Select(name => $"Transfers:{name}"))
            .Concat(Names(typeof(ResilienceOptions)).Select(name => $"Resilience:{name}"));

        var section = RepositoryFiles.Read("README.md").Split("## Configuration\n")[1].Split("\n## ")[0];
        var keys = TableRow().Matches(section)
            .SelectMany(row => InBackticks().Matches(row.Groups["keys"].Value))
            .Select(key => key.Groups["key"].Value);

        Assert.That(keys, Is.EquivalentTo(options));
    }

    [Test]
    public void Links_EachRelativeLinkOfTheDocuments_LeadsToAFile()
    {
        string[] documents = ["README.md", "CONTRIBUTING.md", "docs/architecture.md"];

        var broken = documents.SelectMany(document => Link().Matches(RepositoryFiles.Read(document))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !RepositoryFiles.Exists(Path.Combine(Path.GetDirectoryName(document)!, target)))
            .Select(target => $"{document}: {target}"));

        Assert.That(broken, Is.Empty);
    }

    private static IEnumerable<string> Names(Type options) =>
        options.GetProperties().Where(option => option.CanWrite).Select(option => option.Name);

    private static Dictionary<string, string> Regions()
    {
        var source = RepositoryFiles.Read("tests/S3Toolkit.Tests/Readme/ReadmeExamples.cs")
            + RepositoryFiles.Read("tests/S3Toolkit.Tests/Readme/ReadmeStreamExamples.cs")
            + RepositoryFiles.Read("tests/S3Toolkit.Tests/Readme/ReadmeTestingExample.cs");
        return Region().Matches(source).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["code"].Value);
    }

    private static string Normalised(string code) => Space().Replace(code, " ").Trim();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"^ *#region (?<name>[a-z-]+)\n(?<code>.*?)^ *#endregion", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"^```json\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex JsonBlock();

    [GeneratedRegex(@"^\| (?<keys>`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("`(?<key>[A-Za-z:]+)`")]
    private static partial Regex InBackticks();

    [GeneratedRegex(@"\]\((?<target>[^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
