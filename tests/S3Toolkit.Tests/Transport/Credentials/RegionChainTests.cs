using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Tests.Transport.Credentials;

[TestFixture]
internal sealed class RegionChainTests
{
    private static readonly Uri Custom = new("http://127.0.0.1:9000");
    private CredentialWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new CredentialWorld();

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public void Find_EachPlace_WinsOverThoseAfterIt()
    {
        _world.Config("[default]\nregion = from-profile\n");
        Assert.That(Find(null).Region, Is.EqualTo("from-profile"));

        _world.Environment["AWS_DEFAULT_REGION"] = "from-default-variable";
        Assert.That(Find(null).Region, Is.EqualTo("from-default-variable"));

        _world.Environment["AWS_REGION"] = "from-variable";
        Assert.That(Find(null).Region, Is.EqualTo("from-variable"));

        var endpoint = new Uri("https://s3.from-host.amazonaws.com");
        Assert.That(Find(endpoint).Region, Is.EqualTo("from-host"));

        S3ProviderProfile fixedRegion = S3ProviderProfiles.Aws with { SigningRegion = "from-provider" };
        Assert.That(RegionChain.Find(_world.Context(), endpoint, fixedRegion).Region, Is.EqualTo("from-provider"));

        RegionResult found = RegionChain.Find(_world.Context(new() { Region = "from-options" }), endpoint, fixedRegion);
        Assert.That((found.Region, found.Source), Is.EqualTo(("from-options", "options")));
    }

    [Test]
    public void Find_ProfileNamedInOptions_GivesItsRegion()
    {
        _world.Config("[default]\nregion = us-west-1\n[profile dev]\nregion = eu-west-3\n");

        RegionResult found = RegionChain.Find(_world.Context(new() { ProfileName = "dev" }), null, S3ProviderProfiles.Aws);

        Assert.That((found.Region, found.Source), Is.EqualTo(("eu-west-3", "profile 'dev'")));
    }

    [Test]
    public void Find_CustomEndpointAndNothingElse_IsUsEast1() => Assert.That(Find(Custom).Region, Is.EqualTo("us-east-1"));

    [Test]
    public void Find_R2WithAwsVariables_StaysAuto()
    {
        _world.Environment["AWS_REGION"] = "eu-west-1";
        var endpoint = new Uri("https://0123.eu.r2.cloudflarestorage.com");

        Assert.That(RegionChain.Find(_world.Context(), endpoint, S3ProviderProfiles.Detect(endpoint)).Region, Is.EqualTo("auto"));
    }

    [Test]
    public async Task Resolve_OnEc2_AsksTheInstance()
    {
        await using FakeHttpServer imds = Imds();

        Assert.That(await ResolveAsync(), Is.EqualTo("ap-south-1"));
    }

    [Test]
    public async Task Resolve_CredentialsFromElsewhere_DoesNotAskEc2()
    {
        await using FakeHttpServer imds = Imds();
        _world.Environment["AWS_ACCESS_KEY_ID"] = "AKIAENV";
        _world.Environment["AWS_SECRET_ACCESS_KEY"] = "s";

        Assert.That(ResolveAsync, Throws.TypeOf<S3ToolkitException>().With.Message.Contain("No AWS region was found"));
        Assert.That(imds.Requests, Is.Empty);
    }

    [Test]
    public void Resolve_Anonymous_SaysWhatWasTried()
    {
        Assert.That(
            async () => await RegionChain.ResolveAsync(_world.Context(), null, S3ProviderProfiles.Aws, credentials: null),
            Throws.TypeOf<S3ToolkitException>().With.Message.Contain("1. options: names no region")
                .And.Message.Contain("6. profile 'default'"));
    }

    private RegionResult Find(Uri? endpoint) => RegionChain.Find(_world.Context(), endpoint, S3ProviderProfiles.Aws);

    private Task<string> ResolveAsync() => RegionChain.ResolveAsync(_world.Context(), null, S3ProviderProfiles.Aws, _world.Chain());

    private FakeHttpServer Imds()
    {
        var server = new FakeHttpServer(InstanceMetadataTests.Version2);
        _world.Environment["AWS_EC2_METADATA_DISABLED"] = "false";
        _world.Environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = server.Url;
        return server;
    }
}
