using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Lifecycle;

public sealed class LifecycleScheduleTests
{
    private const string Bucket = "test-bucket";

    [Test]
    public async Task ShortenedDay_OnAFakeClock_RunsByItself()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        await using S3Server server = S3Server.CreateInMemory(
            new S3ServerOptions { TimeProvider = time, LifecycleDay = TimeSpan.FromSeconds(10) });
        using AmazonS3Client client = ClientOf(server);
        await PutObjectAndRuleAsync(client);

        for (int second = 0; second < 9; second++) time.Advance(TimeSpan.FromSeconds(1));
        await server.RunLifecycleAsync();
        bool isThere = await IsThereAsync(client);
        while (await IsThereAsync(client))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That(isThere, Is.True);
    }

    [Test]
    public async Task Start_OnDisk_DoesWhatCameDueMeanwhile()
    {
        using TemporaryFolder folder = new();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await using (S3Server first = S3Server.CreateInMemory(Options(folder, now)))
        {
            using AmazonS3Client client = ClientOf(first);
            await PutObjectAndRuleAsync(client);
        }

        await using S3Server second = S3Server.CreateInMemory(Options(folder, now.AddDays(3)));
        using AmazonS3Client later = ClientOf(second);

        while (await IsThereAsync(later)) await Task.Yield();
    }

    private static S3ServerOptions Options(TemporaryFolder folder, DateTimeOffset now) =>
        new() { DataDirectory = folder.Path, TimeProvider = new FakeTimeProvider(now) };

    private static AmazonS3Client ClientOf(S3Server server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey),
        new AmazonS3Config
        {
            ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = server.Region, MaxErrorRetry = 0,
            HttpClientFactory = new SdkHttpClientFactory(server),
        });

    private static async Task PutObjectAndRuleAsync(AmazonS3Client client)
    {
        await client.PutBucketAsync(Bucket);
        await client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "k", ContentBody = "x" });
        LifecycleRule rule = new()
        {
            Id = "r", Status = LifecycleRuleStatus.Enabled, Filter = new LifecycleFilter(),
            Expiration = new LifecycleRuleExpiration { Days = 1 },
        };
        await client.PutLifecycleConfigurationAsync(Bucket, new LifecycleConfiguration { Rules = [rule] });
    }

    private static async Task<bool> IsThereAsync(AmazonS3Client client) =>
        (await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket })).S3Objects is { Count: > 0 };
}
