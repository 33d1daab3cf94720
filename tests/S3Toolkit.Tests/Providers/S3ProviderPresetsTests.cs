using S3Toolkit.Providers;

namespace S3Toolkit.Tests.Providers;

[TestFixture]
internal sealed class S3ProviderPresetsTests
{
    private static readonly TestCaseData[] Presets =
    [
        Case(o => o.UseAws("eu-west-1"), null, "eu-west-1", S3ProviderProfiles.Aws),
        Case(o => o.UseAws(), null, null, S3ProviderProfiles.Aws),
        Case(o => o.UseMinio("http://localhost:9000"), "http://localhost:9000/", "us-east-1", S3ProviderProfiles.MinIO),
        Case(o => o.UseCeph("https://rgw.example.org", "zone1"), "https://rgw.example.org/", "zone1", S3ProviderProfiles.Ceph),
        Case(o => o.UseCloudflareR2("0123ABC"), "https://0123abc.r2.cloudflarestorage.com/", "auto", S3ProviderProfiles.CloudflareR2),
        Case(o => o.UseCloudflareR2("0a", "eu"), "https://0a.eu.r2.cloudflarestorage.com/", "auto", S3ProviderProfiles.CloudflareR2),
        Case(o => o.UseBackblazeB2("us-004"), "https://s3.us-004.backblazeb2.com/", "us-004", S3ProviderProfiles.BackblazeB2),
        Case(o => o.UseGoogleCloudStorage(), "https://storage.googleapis.com/", "auto", S3ProviderProfiles.GoogleCloudStorage),
        Case(o => o.UseWasabi("eu-central-1"), "https://s3.eu-central-1.wasabisys.com/", "eu-central-1", S3ProviderProfiles.Wasabi),
        Case(
            o => o.UseDigitalOceanSpaces("nyc3"), "https://nyc3.digitaloceanspaces.com/",
            "us-east-1", S3ProviderProfiles.DigitalOceanSpaces),
        Case(o => o.UseGeneric("http://10.0.0.1:9000"), "http://10.0.0.1:9000/", "us-east-1", S3ProviderProfiles.Generic),
    ];

    [TestCaseSource(nameof(Presets))]
    public void Preset_SetsEndpointRegionAndProvider(
        Func<S3ToolkitOptions, S3ToolkitOptions> preset, string? endpoint, string? region, S3ProviderProfile provider)
    {
        var options = new S3ToolkitOptions { Endpoint = new Uri("http://x"), Region = "before", Provider = S3ProviderProfiles.Generic };

        S3ToolkitOptions returned = preset(options);

        Assert.That(returned, Is.SameAs(options));
        Assert.That(options.Endpoint?.AbsoluteUri, Is.EqualTo(endpoint));
        Assert.That(options.Region, Is.EqualTo(region));
        Assert.That(options.Provider, Is.SameAs(provider));
    }

    [Test]
    public void Presets_WithHostsOfTheirOwn_AreDetectedByThem()
    {
        S3ToolkitOptions[] all =
        [
            new S3ToolkitOptions().UseCloudflareR2("0123abc", "fedramp"), new S3ToolkitOptions().UseBackblazeB2("us-west-004"),
            new S3ToolkitOptions().UseGoogleCloudStorage(), new S3ToolkitOptions().UseWasabi("us-east-1"),
            new S3ToolkitOptions().UseDigitalOceanSpaces("ams3"),
        ];

        foreach (S3ToolkitOptions options in all) Assert.That(S3ProviderProfiles.Detect(options.Endpoint), Is.SameAs(options.Provider));
    }

    [Test]
    public void PathStyle_OfOptionsWithoutProvider_FollowsTheEndpoint()
    {
        Assert.That(PathStyleRule.UsesPathStyle(new S3ToolkitOptions(), null, "photos"), Is.False);
        Assert.That(PathStyleRule.UsesPathStyle(new S3ToolkitOptions(), new Uri("http://127.0.0.1:9000"), "photos"), Is.True);

        var always = new S3ToolkitOptions { AddressingStyle = S3AddressingStyle.Always };
        Assert.That(PathStyleRule.UsesPathStyle(always, null, "photos"), Is.True);
    }

    [TestCase("localhost:9000")]
    [TestCase("ftp://localhost")]
    [TestCase("nonsense")]
    [TestCase("http://localhost:9000/bucket")]
    [TestCase("http://localhost:9000/?x=1")]
    public void Endpoint_NotAServersAddress_IsNamed(string endpoint)
    {
        Assert.That(
            () => new S3ToolkitOptions().UseMinio(endpoint),
            Throws.ArgumentException.With.Message.Contain($"'{endpoint}'").And.Property("ParamName").EqualTo("endpoint"));
    }

    [Test]
    public void Endpoint_WithPassword_IsRefusedWithoutRepeatingIt()
    {
        Assert.That(
            () => new S3ToolkitOptions().UseGeneric("http://user:hunter2@localhost:9000"),
            Throws.ArgumentException.With.Message.Not.Contain("hunter2").And.Message.Contain("AccessKeyId"));
    }

    [TestCase("a.b")]
    [TestCase("evil.example/x")]
    [TestCase("-a")]
    [TestCase("a b")]
    public void Label_ThatCannotBePartOfAHost_IsNamed(string value)
    {
        Assert.That(
            () => new S3ToolkitOptions().UseCloudflareR2(value),
            Throws.ArgumentException.With.Message.Contain($"'{value}'").And.Property("ParamName").EqualTo("accountId"));
        Assert.That(
            () => new S3ToolkitOptions().UseWasabi(value),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("region"));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase(null)]
    public void Label_Empty_IsRefused(string? value)
    {
        Assert.That(() => new S3ToolkitOptions().UseBackblazeB2(value!), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Preset_WithoutOptions_SaysSo()
    {
        Assert.That(
            () => ((S3ToolkitOptions)null!).UseGoogleCloudStorage(),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("options"));
    }

    private static TestCaseData Case(
        Func<S3ToolkitOptions, S3ToolkitOptions> preset, string? endpoint, string? region, S3ProviderProfile provider) =>
        new(preset, endpoint, region, provider) { TestName = $"Preset_{provider.Name}_{endpoint ?? region ?? "none"}" };
}
