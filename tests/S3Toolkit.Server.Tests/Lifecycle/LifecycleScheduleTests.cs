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

    // The move wakes the server's own run, which may find the object before ours does, or after it, or at the same time.
    [Test]
    [Repeat(20)]
    public async Task Run_AfterTheClockWasMoved_TellsWhatTheServersOwnRunDid()
    {
        await using S3Server server = S3Server.CreateInMemory();
        using AmazonS3Client client = ClientOf(server);
        await PutObjectAndRuleAsync(client);

        server.Clock.Advance(TimeSpan.FromDays(3));
        S3LifecycleRun run = await server.RunLifecycleAsync();

        Assert.That((run.Removed, (await server.RunLifecycleAsync()).Removed), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Run_AfterTheServersOwn_TellsWhatThatDid()
    {
        await using S3Server server = S3Server.CreateInMemory();
        using AmazonS3Client client = ClientOf(server);
        await PutObjectAndRuleAsync(client);
        server.Clock.Advance(TimeSpan.FromDays(3));
        while (await IsThereAsync(client)) await Task.Yield();

        S3LifecycleRun run = await server.RunLifecycleAsync();

        Assert.That(run.Removed, Is.EqualTo(1));
    }

    [Test]
    public async Task Run_AfterARestore_TellsNothingOfBefore()
    {
        await using S3Server server = S3Server.CreateInMemory();
        using AmazonS3Client client = ClientOf(server);
        await PutObjectAndRuleAsync(client);
        S3ServerSnapshot before = server.Snapshot();
        server.Clock.Advance(TimeSpan.FromDays(3));
        while (await IsThereAsync(client)) await Task.Yield();

        await server.RestoreAsync(before);
        S3LifecycleRun run = await server.RunLifecycleAsync();

        Assert.That((run.Removed, await IsThereAsync(client)), Is.EqualTo((0, true)));
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
