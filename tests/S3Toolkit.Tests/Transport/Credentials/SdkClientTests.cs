using Amazon.S3;
using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Tests.Transport.Credentials;

/// <summary>The chain inside the SDK's own client, in this process's environment.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class SdkClientTests
{
    private CredentialWorld _world = null!;
    private EnvironmentScope _environment = null!;

    [SetUp]
    public void SetUp()
    {
        _world = new CredentialWorld();
        _environment = new EnvironmentScope(_world.Environment);
    }

    [TearDown]
    public void TearDown()
    {
        _environment.Dispose();
        _world.Dispose();
    }

    [Test]
    public async Task Client_WithTheChain_SignsWithTheProfileOfTheEnvironment()
    {
        _world.Credentials("[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = s\naws_session_token = dev-token\n");
        _environment.Set("AWS_PROFILE", "dev");
        await using FakeHttpServer s3 = S3();
        using AmazonS3Client client = Client(s3);

        await client.ListBucketsAsync();

        Assert.That(s3.Requests[0].Headers["Authorization"], Does.Contain("Credential=AKIADEV/"));
        Assert.That(s3.Requests[0].Headers["x-amz-security-token"], Is.EqualTo("dev-token"));
    }

    [Test]
    public async Task Client_WithoutCredentials_ThrowsOurErrorAndSendsNothing()
    {
        await using FakeHttpServer s3 = S3();
        using AmazonS3Client client = Client(s3);

        Assert.That(
            async () => await client.ListBucketsAsync(),
            Throws.TypeOf<S3ToolkitException>().With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.NoCredentials));
        Assert.That(s3.Requests, Is.Empty);
    }

    [Test]
    public async Task Client_FilesNamedByTheEnvironment_AreReadLate()
    {
        await using FakeHttpServer s3 = S3();
        using AmazonS3Client client = Client(s3);
        string path = _world.TextFile("keys", "[default]\naws_access_key_id = AKIAKEYS\naws_secret_access_key = s\n");
        _environment.Set("AWS_SHARED_CREDENTIALS_FILE", path);

        await client.ListBucketsAsync();

        Assert.That(s3.Requests[0].Headers["Authorization"], Does.Contain("Credential=AKIAKEYS/"));
    }

    private static FakeHttpServer S3() => new(_ => new FakeAnswer(
        200,
        "<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Buckets/></ListAllMyBucketsResult>",
        "application/xml"));

    private static AmazonS3Client Client(FakeHttpServer s3)
    {
        ChainedCredentials chain = CredentialChain.Create(CredentialContext.For(new S3ToolkitOptions(), TimeProvider.System));
        return new AmazonS3Client(chain, new AmazonS3Config
        {
            ServiceURL = s3.Url,
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
        });
    }
}
