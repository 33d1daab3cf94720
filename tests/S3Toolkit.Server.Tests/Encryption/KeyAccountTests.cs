using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Encryption;

public sealed class KeyAccountTests
{
    [Test]
    public async Task Read_RootHasAnotherAccountSince_OpensWhatWasStored()
    {
        using TemporaryFolder folder = new();
        await using (S3Server first = Start(folder, "111111111111"))
        {
            using AmazonS3Client client = ClientOf(first);
            await client.PutBucketAsync("test-bucket");
            await client.PutObjectAsync(new PutObjectRequest
            {
                BucketName = "test-bucket", Key = "k", ContentBody = "x", ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS,
            });
        }

        await using S3Server second = Start(folder, "222222222222");
        using AmazonS3Client later = ClientOf(second);
        using GetObjectResponse read = await later.GetObjectAsync("test-bucket", "k");

        Assert.That(read.ServerSideEncryptionKeyManagementServiceKeyId, Does.StartWith("arn:aws:kms:us-east-1:111111111111:key/"));
    }

    private static S3Server Start(TemporaryFolder folder, string accountId)
    {
        S3ServerOptions options = new() { DataDirectory = folder.Path };
        options.Users.Add(new S3User
        {
            AccessKeyId = "key", SecretAccessKey = "secret", Id = "ann", DisplayName = "ann", AccountId = accountId,
        });
        return S3Server.CreateInMemory(options);
    }

    private static AmazonS3Client ClientOf(S3Server server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey),
        new AmazonS3Config
        {
            ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = server.Region, MaxErrorRetry = 0,
            HttpClientFactory = new SdkHttpClientFactory(server),
        });
}
