using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>What a client sees of a body that is not what it was.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DamagedObjectTests
{
    private const string Bucket = "test-bucket";
    private const int Length = 1_000_000;
    private readonly TemporaryFolder _folder = new();
    private S3Server _server = null!;
    private AmazonS3Client _client = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await S3Server.StartAsync(new S3ServerOptions { DataDirectory = _folder.Path });
        _client = new AmazonS3Client(
            new Amazon.Runtime.BasicAWSCredentials(_server.AccessKeyId, _server.SecretAccessKey),
            new AmazonS3Config { ServiceURL = _server.Endpoint.AbsoluteUri, ForcePathStyle = true, MaxErrorRetry = 0 });
        await _client.PutBucketAsync(Bucket);
        await _client.PutObjectAsync(
            new PutObjectRequest { BucketName = Bucket, Key = "k", InputStream = new MemoryStream(new byte[Length]) });
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task GetObject_DamagedAtItsBeginning_IsAnInternalError()
    {
        Damage(0);

        AmazonS3Exception error = (await Assert.ThrowsAsync<AmazonS3Exception>(() => _client.GetObjectAsync(Bucket, "k")))!;

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.InternalServerError, "InternalError")));
        Assert.That((await _client.GetObjectMetadataAsync(Bucket, "k")).ContentLength, Is.EqualTo(Length), "the server goes on");
    }

    [Test]
    public async Task GetObject_DamagedNearItsEnd_IsCutBeforeTheDamage()
    {
        Damage(Length - 1);
        using GetObjectResponse response = await _client.GetObjectAsync(Bucket, "k");
        byte[] buffer = new byte[Length];
        int got = 0;

        Assert.That(async () =>
        {
            while (got < Length) got += await response.ResponseStream.ReadAsync(buffer.AsMemory(got)) is var count and > 0
                ? count
                : throw new EndOfStreamException();
        }, Throws.Exception);

        Assert.That(got, Is.LessThan(Length));
    }

    private void Damage(int at)
    {
        string path = Directory.GetFiles(Path.Combine(_folder.Path, "bodies"), "*", SearchOption.AllDirectories).Single();
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        file.WriteByte(1);
    }
}
