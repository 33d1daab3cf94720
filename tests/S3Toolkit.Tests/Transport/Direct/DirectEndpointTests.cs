using Amazon.Runtime;
using S3Toolkit.Transport;
using S3Toolkit.Transport.Direct;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>Where requests go.</summary>
[TestFixture]
internal sealed class DirectEndpointTests
{
    [TestCase("https://b.s3.eu-west-1.amazonaws.com", "https://b.s3.eu-west-1.amazonaws.com", "b.s3.eu-west-1.amazonaws.com", true)]
    [TestCase("http://127.0.0.1:9000/b", "http://127.0.0.1:9000", "127.0.0.1:9000", true)]
    [TestCase("http://[::1]:9000/b", "http://[::1]:9000", "[::1]:9000", true)]
    [TestCase("http://[2001:db8::1]:9000/b", "http://[2001:db8::1]:9000", "[2001:db8::1]:9000", false)]
    [TestCase("http://b.localhost:9000", "http://b.localhost:9000", "b.localhost:9000", true)]
    [TestCase("http://localhost.example.com/b", "http://localhost.example.com", "localhost.example.com", false)]
    [TestCase("http://10.0.0.1:80/b", "http://10.0.0.1", "10.0.0.1", false)]
    [TestCase("https://bücher.example/b", "https://bücher.example", "xn--bcher-kva.example", true)]
    public void Of_AnyAddress_HasItsHostAndKnowsWhoCanRead(string address, string origin, string host, bool isPrivate)
    {
        var endpoint = DirectEndpoint.Of(new Uri(address), "r", allowUnsignedOverHttp: false);

        Assert.That((endpoint.Origin, endpoint.Host, endpoint.IsPrivate), Is.EqualTo((origin, host, isPrivate)));
        Assert.That(endpoint.CanSendUnsigned, Is.EqualTo(isPrivate));
        Assert.That(DirectEndpoint.Of(new Uri(address), "r", allowUnsignedOverHttp: true).CanSendUnsigned, Is.True);
    }

    [TestCase(null, "/b/")]
    [TestCase("k", "/b/k")]
    [TestCase("/k", "/b//k")]
    [TestCase("a/../b", "/b/a/../b")]
    [TestCase("a b+ü?#%", "/b/a%20b%2B%C3%BC%3F%23%25")]
    public void PathOf_AnyKey_KeepsIt(string? key, string expected) =>
        Assert.That(DirectEndpoint.Of(new Uri("http://h/b"), "r", false).PathOf(key), Is.EqualTo(expected));

    [TestCase("https://h/b", "https://other/b/k", "https://other", "/b")]
    [TestCase("https://h/b", "https://b.other/k", "https://b.other", "")]
    [TestCase("https://b.h", "https://b.other/k?rk=1", "https://b.other", "")]
    [TestCase("http://h/b", "https://other/b/k", "https://other", "/b")]
    public void MovedTo_AnotherHost_KeepsBucketAndRegion(string from, string to, string origin, string path)
    {
        var moved = DirectEndpoint.Of(new Uri(from), "r", false).MovedTo(new Uri(to))!;

        Assert.That((moved.Origin, moved.Path, moved.Region), Is.EqualTo((origin, path, "r")));
    }

    [TestCase("https://h/b", "http://other/b/k")]
    [TestCase("http://127.0.0.1/b", "http://other/b/k")]
    [TestCase("https://h/b", "ftp://other/b/k")]
    public void MovedTo_WhereOthersCanRead_IsRefused(string from, string to) =>
        Assert.That(DirectEndpoint.Of(new Uri(from), "r", false).MovedTo(new Uri(to)), Is.Null);

    [Test]
    public void For_ABucket_IsAskedOnceAndAgainInAnotherRegion()
    {
        using var clients = Clients("us-east-1", out var made);
        var endpoints = new DirectEndpoints(clients, allowUnsignedOverHttp: false);

        var first = endpoints.For("bucket");
        var second = endpoints.For("bucket");
        clients.Learn("bucket", "eu-west-1");
        var moved = endpoints.For("bucket");

        Assert.That(second, Is.SameAs(first));
        Assert.That((first.Origin, first.Region), Is.EqualTo(("https://bucket.s3.us-east-1.amazonaws.com", "us-east-1")));
        Assert.That((moved.Origin, moved.Region), Is.EqualTo(("https://bucket.s3.eu-west-1.amazonaws.com", "eu-west-1")));
        Assert.That(endpoints.For("other").Region, Is.EqualTo("us-east-1"));
        Assert.That(made, Is.EqualTo(["us-east-1", "eu-west-1"]));
    }

    // An access point's alias is used like a bucket's name ("Using a bucket-style alias", Amazon S3 user guide).
    [TestCase("my-point-abc123-s3alias", "https://my-point-abc123-s3alias.s3.us-west-2.amazonaws.com", "")]
    [TestCase("with.dots", "https://s3.us-west-2.amazonaws.com", "/with.dots")]
    [TestCase("Upper_Case", "https://s3.us-west-2.amazonaws.com", "/Upper_Case")]
    public void For_AnyName_IsAddressedAsTheSdkDoes(string bucketName, string origin, string path)
    {
        using var clients = Clients("us-west-2", out _);

        var endpoint = new DirectEndpoints(clients, allowUnsignedOverHttp: false).For(bucketName);

        Assert.That((endpoint.Origin, endpoint.Path), Is.EqualTo((origin, path)));
    }

    // "aws-global" is no region that S3 signs for.
    [Test]
    public void For_AwsGlobal_IsSignedForTheRegionThatTheRulesName()
    {
        using var clients = Clients("aws-global", out _);

        var endpoint = new DirectEndpoints(clients, allowUnsignedOverHttp: false).For("bucket");

        Assert.That((endpoint.Origin, endpoint.Region), Is.EqualTo(("https://bucket.s3.amazonaws.com", "us-east-1")));
    }

    private static RegionalClients Clients(string region, out List<string> made)
    {
        var settings = new ClientSettings
        {
            Endpoint = null,
            PublicEndpoint = null,
            Region = region,
            Credentials = new BasicAWSCredentials("AK", "SK"),
            Profile = S3ProviderProfiles.Aws,
            AddressingStyle = S3AddressingStyle.Auto,
        };
        var names = made = [];
        var http = new SharedHttpClientFactory(new HttpClientHandler());
        return new RegionalClients(Create(region), Create, new BucketRegions());

        ToolkitS3Client Create(string name)
        {
            names.Add(name);
            return new ToolkitS3Client(settings.Credentials, SdkClientFactory.Configure(settings, null, name, http));
        }
    }
}
