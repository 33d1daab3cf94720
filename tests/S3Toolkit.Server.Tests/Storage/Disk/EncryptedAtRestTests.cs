using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>What the folder and the memory of a server hold of bodies that were to be encrypted, and of the keys.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EncryptedAtRestTests : IDisposable
{
    private const string Bucket = "test-bucket";

    /// <summary>Once in a block of the cipher, and often in every body.</summary>
    private const string Phrase = "a phrase that nobody else writes";

    private static readonly EncryptionKind[] Encrypted =
        [EncryptionKind.S3, EncryptionKind.Kms, EncryptionKind.TwoLayers, EncryptionKind.CustomerA];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Folder_HoldsNeitherPlaintextNorCustomersKeys([ValueSource(nameof(Encrypted))] EncryptionKind kind)
    {
        string small = Phrase, large = string.Concat(Enumerable.Repeat(Phrase + "\n", 10_000));
        using (S3Server server = Start())
        {
            using AmazonS3Client client = Client(server);
            await client.PutBucketAsync(Bucket);
            await WriteAsync(client, kind, small, large);
        }

        AssertHolds(Phrase, false);
        AssertHolds(Encryptions.KeyA, false);
        AssertHolds(Encryptions.Md5Of(Encryptions.KeyA), false);
        AssertHolds(Encoding.Latin1.GetString(Convert.FromBase64String(Encryptions.KeyA)), false);

        using S3Server again = Start();
        using AmazonS3Client reader = Client(again);
        Assert.That(await ReadAsync(reader, "small", kind), Is.EqualTo(small));
        Assert.That(await ReadAsync(reader, "large", kind), Is.EqualTo(large));
        Assert.That(await ReadAsync(reader, "copy", kind), Is.EqualTo(large));
        Assert.That(await ReadAsync(reader, "parts", kind), Is.EqualTo(large));
    }

    /// <summary>The search of the other test finds what is there.</summary>
    [Test]
    public async Task Folder_OfWhatNobodyAskedToEncrypt_HoldsThePlaintext()
    {
        using (S3Server server = Start())
        {
            using AmazonS3Client client = Client(server);
            await client.PutBucketAsync(Bucket);
            await WriteAsync(client, EncryptionKind.None, Phrase, Phrase);
        }

        AssertHolds(Phrase, true);
    }

    [Test]
    public async Task Memory_OfAnEncryptedObject_HoldsNoPlaintext([ValueSource(nameof(Encrypted))] EncryptionKind kind)
    {
        using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { KmsKeys = { new S3KmsKey(Encryptions.KmsKeyId) } });
        using AmazonS3Client client = Client(server);
        await client.PutBucketAsync(Bucket);
        await WriteAsync(client, kind, Phrase, Phrase);

        foreach (string key in new[] { "small", "large", "copy", "parts" })
        {
            ObjectRecord record = (await server.Core.Storage.FindAsync(Bucket, key, null, default)).Value!;
            Assert.That(Encoding.Latin1.GetString(await record.Body!.ReadAllAsync()), Does.Not.Contain(Phrase[..16]), key);
        }
    }

    [Test]
    public async Task Copy_UnderTheSameKey_SharesItsBytes_UnderAnotherDoesNot()
    {
        using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { KmsKeys = { new S3KmsKey(Encryptions.KmsKeyId) } });
        using AmazonS3Client client = Client(server);
        await client.PutBucketAsync(Bucket);
        foreach (EncryptionKind kind in Enum.GetValues<EncryptionKind>())
        {
            PutObjectRequest put = new() { BucketName = Bucket, Key = "k" + kind, ContentBody = Phrase };
            put.Encrypt(kind);
            await client.PutObjectAsync(put);
            foreach (EncryptionKind to in Enum.GetValues<EncryptionKind>())
            {
                CopyObjectRequest copy = new()
                {
                    SourceBucket = Bucket, SourceKey = "k" + kind, DestinationBucket = Bucket, DestinationKey = "copy",
                };
                copy.Encrypt(kind, to);
                await client.CopyObjectAsync(copy);
                byte[] stored = await StoredAsync("k" + kind), copied = await StoredAsync("copy");
                Assert.That(stored.SequenceEqual(copied), Is.EqualTo(kind == to), $"{kind} to {to}");
                Assert.That(await ReadAsync(client, "copy", to), Is.EqualTo(Phrase));
            }
        }

        async Task<byte[]> StoredAsync(string key) =>
            await (await server.Core.Storage.FindAsync(Bucket, key, null, default)).Value!.Body!.ReadAllAsync();
    }

    private static async Task WriteAsync(AmazonS3Client client, EncryptionKind kind, string small, string large)
    {
        foreach ((string key, string content) in new[] { ("small", small), ("large", large) })
        {
            PutObjectRequest put = new() { BucketName = Bucket, Key = key, ContentBody = content };
            put.Encrypt(kind);
            await client.PutObjectAsync(put);
        }
        CopyObjectRequest copy = new() { SourceBucket = Bucket, SourceKey = "large", DestinationBucket = Bucket, DestinationKey = "copy" };
        copy.Encrypt(kind, kind);
        await client.CopyObjectAsync(copy);
        InitiateMultipartUploadRequest start = new() { BucketName = Bucket, Key = "parts" };
        start.Encrypt(kind);
        string uploadId = (await client.InitiateMultipartUploadAsync(start)).UploadId;
        UploadPartRequest part = new()
        {
            BucketName = Bucket, Key = "parts", UploadId = uploadId, PartNumber = 1,
            InputStream = new MemoryStream(Encoding.UTF8.GetBytes(large)),
        };
        part.Encrypt(kind);
        string eTag = (await client.UploadPartAsync(part)).ETag;
        await client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = Bucket, Key = "parts", UploadId = uploadId, PartETags = [new(1, eTag)] });
    }

    private static async Task<string> ReadAsync(AmazonS3Client client, string key, EncryptionKind kind)
    {
        GetObjectRequest request = new() { BucketName = Bucket, Key = key };
        request.Decrypt(kind);
        using GetObjectResponse response = await client.GetObjectAsync(request);
        using StreamReader reader = new(response.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    private static AmazonS3Client Client(S3Server server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey),
        new AmazonS3Config
        {
            ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = server.Region, MaxErrorRetry = 0,
            HttpClientFactory = new SdkHttpClientFactory(server),
        });

    private S3Server Start() => S3Server.CreateInMemory(new S3ServerOptions
    {
        DataDirectory = _folder.Path, KmsKeys = { new S3KmsKey(Encryptions.KmsKeyId) },
    });

    private void AssertHolds(string text, bool expected)
    {
        byte[] sought = Encoding.Latin1.GetBytes(text);
        string[] files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.That(files, Has.Length.GreaterThan(2));
        Assert.That(files.Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(sought) >= 0), Is.EqualTo(expected), text);
    }
}
