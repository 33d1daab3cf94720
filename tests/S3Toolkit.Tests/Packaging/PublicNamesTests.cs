using System.Reflection;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Packaging;

/// <summary>A file that uses our namespaces together with those of the SDK and of Polly must compile.</summary>
[TestFixture]
public sealed class PublicNamesTests
{
    private static readonly string[] NeighbourNamespaces = ["Amazon", "Amazon.Runtime", "Amazon.S3", "Amazon.S3.Model", "Polly"];

    [Test]
    public void PublicTypes_OfBothPackages_MeetNoneOfTheSdkOrPolly()
    {
        Type[] neighbours = [typeof(Amazon.S3.IAmazonS3), typeof(Amazon.RegionEndpoint), typeof(Polly.ResiliencePipeline)];
        var taken = NamesOf(neighbours.Select(type => type.Assembly), NeighbourNamespaces);

        var ours = NamesOf([typeof(IBucketStore).Assembly, typeof(S3Server).Assembly], ["S3Toolkit", "S3Toolkit.Server"]);

        Assert.That(taken, Has.Count.GreaterThan(500));
        Assert.That(ours, Has.Count.GreaterThan(50));
        Assert.That(ours.Intersect(taken), Is.Empty);
    }

    [Test]
    public void PublicTypes_OfBothPackages_AreInTheirNamespaces()
    {
        string[] allowed = ["S3Toolkit", "S3Toolkit.Server", "Microsoft.Extensions.DependencyInjection"];

        var strays = new[] { typeof(IBucketStore).Assembly, typeof(S3Server).Assembly }
            .SelectMany(assembly => assembly.ExportedTypes)
            .Where(type => !allowed.Contains(type.Namespace));

        Assert.That(strays, Is.Empty);
    }

    private static HashSet<string> NamesOf(IEnumerable<Assembly> assemblies, IReadOnlyList<string> namespaces) => assemblies
        .SelectMany(assembly => assembly.ExportedTypes)
        .Where(type => !type.IsNested && namespaces.Contains(type.Namespace))
        .Select(type => type.Name)
        .ToHashSet(StringComparer.Ordinal);
}
