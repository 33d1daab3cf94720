namespace S3Toolkit.Tests.Providers;

[TestFixture]
internal sealed class S3ProviderProfilesTests
{
    private const long MiB = 1024 * 1024;
    private const long GiB = 1024 * MiB;

    private static readonly S3ProviderProfile[] All =
    [
        S3ProviderProfiles.Aws, S3ProviderProfiles.MinIO, S3ProviderProfiles.Ceph, S3ProviderProfiles.CloudflareR2,
        S3ProviderProfiles.BackblazeB2,
        S3ProviderProfiles.GoogleCloudStorage, S3ProviderProfiles.Wasabi, S3ProviderProfiles.DigitalOceanSpaces, S3ProviderProfiles.Generic,
    ];

    [TestCase("https://s3.eu-west-1.amazonaws.com", "aws")]
    [TestCase("https://s3.cn-north-1.amazonaws.com.cn", "aws")]
    [TestCase("https://S3.AMAZONAWS.COM.", "aws")]
    [TestCase("https://0123456789abcdef.r2.cloudflarestorage.com", "cloudflare-r2")]
    [TestCase("https://0123456789abcdef.eu.r2.cloudflarestorage.com", "cloudflare-r2")]
    [TestCase("https://0123456789abcdef.fedramp.r2.cloudflarestorage.com", "cloudflare-r2")]
    [TestCase("https://s3.us-west-004.backblazeb2.com", "backblaze-b2")]
    [TestCase("https://storage.googleapis.com", "google-cloud-storage")]
    [TestCase("https://s3.eu-central-1.wasabisys.com", "wasabi")]
    [TestCase("https://nyc3.digitaloceanspaces.com", "digitalocean-spaces")]
    [TestCase("https://evilamazonaws.com", "generic")]
    [TestCase("https://amazonaws.com.evil.example", "generic")]
    [TestCase("http://127.0.0.1:9000", "generic")]
    [TestCase("http://[::1]:9000", "generic")]
    [TestCase("http://minio:9000", "generic")]
    public void Detect_Host_FindsItsOwner(string endpoint, string expected)
    {
        Assert.That(S3ProviderProfiles.Detect(new Uri(endpoint)).Name, Is.EqualTo(expected));
    }

    [Test]
    public void Detect_NoEndpoint_IsAmazon() => Assert.That(S3ProviderProfiles.Detect(null), Is.SameAs(S3ProviderProfiles.Aws));

    [Test]
    public void Aws_Limits_AreThoseOfItsPage()
    {
        S3ProviderProfile aws = S3ProviderProfiles.Aws;

        Assert.That(aws.MinPartSizeBytes, Is.EqualTo(5 * MiB));
        Assert.That(aws.MaxPartSizeBytes, Is.EqualTo(5 * GiB));
        Assert.That(aws.MaxPartCount, Is.EqualTo(10_000));
        Assert.That(aws.MaxSinglePutBytes, Is.EqualTo(5 * GiB));
        Assert.That(aws.MaxObjectBytes, Is.EqualTo(50_000 * GiB));
    }

    [Test]
    public void CloudflareR2_Quirks_AreThoseOfItsPages()
    {
        S3ProviderProfile r2 = S3ProviderProfiles.CloudflareR2;

        Assert.That(r2.NeedsEqualParts, Is.True);
        Assert.That(r2.SupportsChunkedSigning, Is.False);
        Assert.That(r2.SupportsChunkedTrailers, Is.False);
        Assert.That(r2.RequestChecksums, Is.EqualTo(S3ChecksumMode.WhenRequired));
        Assert.That(r2.SigningRegion, Is.EqualTo("auto"));
        Assert.That(r2.SupportsListVersions, Is.False);
        Assert.That(r2.MaxPartSizeBytes, Is.EqualTo((5 * GiB) - (5 * MiB)));
    }

    [TestCaseSource(nameof(All))]
    public void AnyProfile_Limits_FitTogether(S3ProviderProfile profile)
    {
        Assert.That(profile.MinPartSizeBytes, Is.Positive.And.LessThan(profile.MaxPartSizeBytes));
        Assert.That(profile.MaxSingleCopyBytes, Is.LessThanOrEqualTo(profile.MaxObjectBytes));
        Assert.That(profile.MaxSinglePutBytes, Is.LessThanOrEqualTo(profile.MaxObjectBytes));
        long mostByParts = profile.MaxPartCount * profile.MaxPartSizeBytes;
        Assert.That(mostByParts, Is.GreaterThanOrEqualTo(profile.MaxObjectBytes), "the largest object must be uploadable");
    }

    [Test]
    public void AllProfiles_Names_AreDistinct() => Assert.That(All.Select(p => p.Name), Is.Unique);
}
