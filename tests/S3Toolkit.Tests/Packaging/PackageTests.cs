using System.IO.Compression;
using System.Xml.Linq;

namespace S3Toolkit.Tests.Packaging;

/// <summary>Packs both packages as a release does, looks into them, and builds and runs an application that knows nothing else.</summary>
[TestFixture]
[Category("Slow")]
[CancelAfter(240_000)]
public sealed class PackageTests
{
    private static readonly string[] PackageIds = ["S3Toolkit", "S3Toolkit.Server"];

    // New each time: a cache cannot serve the packages of another run.
    private readonly string _version = $"0.1.0-test.{Guid.NewGuid():N}"[..23];
    private string _folder = null!;

    private string Packages => Path.Combine(_folder, "packages");

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        _folder = Directory.CreateTempSubdirectory("s3toolkit-packages-").FullName;
        foreach (var id in PackageIds)
        {
            // Its own artifacts folder: packing beside a build of the checkout disturbs neither.
            await RunAsync(
                RepositoryFiles.Root, CancellationToken.None, "pack", $"src/{id}", "--output", Packages,
                "--artifacts-path", Path.Combine(_folder, "artifacts"), $"-p:Version={_version}", "-p:RunAnalyzers=false", "-v", "quiet");
        }
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(PackageIds))]
    public void Package_OfEach_HoldsReadmeLicenceAndDocumentation(string id)
    {
        using var package = ZipFile.OpenRead(Path.Combine(Packages, $"{id}.{_version}.nupkg"));

        var files = package.Entries.ToDictionary(entry => entry.FullName, entry => entry.Length);
        string[] expected = [$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", "README.md", "LICENSE"];
        Assert.That(expected.Where(file => files.GetValueOrDefault(file) == 0), Is.Empty);

        var metadata = Metadata(package, id);
        Assert.That(metadata("license"), Is.EqualTo("Apache-2.0"));
        Assert.That(metadata("readme"), Is.EqualTo("README.md"));
        Assert.That(metadata("description"), Is.Not.Empty);
    }

    [TestCaseSource(nameof(PackageIds))]
    public void Symbols_OfEach_AreInTheirOwnPackage(string id)
    {
        using var symbols = ZipFile.OpenRead(Path.Combine(Packages, $"{id}.{_version}.snupkg"));

        Assert.That(symbols.Entries.Select(entry => entry.FullName), Does.Contain($"lib/net10.0/{id}.pdb"));
    }

    [Test]
    public void Library_ItsPackage_DragsInNoAspNet()
    {
        Assert.That(NuspecOf("S3Toolkit"), Does.Not.Contain("AspNetCore"));
        Assert.That(NuspecOf("S3Toolkit.Server"), Does.Contain("Microsoft.AspNetCore.App"));
        Assert.That(NuspecOf("S3Toolkit.Server"), Does.Contain($"id=\"S3Toolkit\" version=\"{_version}\""));
    }

    [Test]
    public async Task Consumer_ThatKnowsOnlyThePackages_BuildsAndRuns(CancellationToken cancellationToken)
    {
        var app = Path.Combine(_folder, "app");
        Directory.CreateDirectory(app);
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.PathOf("tests/S3Toolkit.Tests/Packaging/ConsumerApp")))
            File.Copy(file, Path.Combine(app, Path.GetFileName(file)));
        await File.WriteAllTextAsync(Path.Combine(app, "nuget.config"), NugetConfig(), cancellationToken);

        var printed = await RunAsync(app, cancellationToken, "run", $"-p:S3ToolkitVersion={_version}");

        Assert.That(printed.Trim(), Is.EqualTo("hello from the packages"));
    }

    /// <summary>Adds our packages to the machine's sources. What it has unpacked already is read; nothing is added to it.</summary>
    private string NugetConfig() => $"""
        <configuration>
          <packageSources>
            <add key="packed-by-the-test" value="{Packages}" />
          </packageSources>
          <fallbackPackageFolders>
            <add key="machine" value="{MachinePackages}" />
          </fallbackPackageFolders>
        </configuration>
        """;

    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } configured
        ? configured
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private Task<string> RunAsync(string workingFolder, CancellationToken cancellationToken, params string[] arguments)
    {
        // The application's packages go where they are removed with it; packing uses those of the machine.
        var environment = new Dictionary<string, string>();
        if (workingFolder != RepositoryFiles.Root) environment["NUGET_PACKAGES"] = Path.Combine(_folder, "cache");
        return DotnetCommand.RunAsync(workingFolder, environment, cancellationToken, arguments);
    }

    private string NuspecOf(string id)
    {
        using var package = ZipFile.OpenRead(Path.Combine(Packages, $"{id}.{_version}.nupkg"));
        return Nuspec(package, id).ToString();
    }

    private static Func<string, string?> Metadata(ZipArchive package, string id)
    {
        var nuspec = Nuspec(package, id);
        return name => nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
    }

    private static XDocument Nuspec(ZipArchive package, string id)
    {
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(stream);
    }
}
