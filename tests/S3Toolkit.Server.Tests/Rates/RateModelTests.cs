using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Rates;

public sealed class RateModelTests(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options)
    {
        options.TimeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        options.RateModel = new S3RateModel { WritesPerSecond = 3, ReadsPerSecond = 2 };
    }

    [Test]
    public async Task Put_BeyondTheRate_IsSlowDownUntilTheClockMoves()
    {
        // Creating the bucket was the first write.
        await PutAsync("a", "x");
        await PutAsync("b", "x");

        AmazonS3Exception error = await ErrorOf(() => PutAsync("c", "x"));
        Server.Clock.Advance(TimeSpan.FromSeconds(1));
        await PutAsync("c", "x");

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "SlowDown")));
        Assert.That(
            Server.PrefixRates().Single(), Is.EqualTo(new S3PrefixRate(Bucket, "", Reads: 0, Writes: 4, Refused: 1, IsSplit: false)));
    }

    [Test]
    public async Task List_CountsAsARead()
    {
        await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });

        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("SlowDown"));
    }

    [Test]
    public async Task ListBuckets_IsOfNoPrefix()
    {
        for (int i = 0; i < 5; i++) await Client.ListBucketsAsync();

        Assert.That(Server.PrefixRates().Single().Reads, Is.Zero);
    }

    [TestCase(0)]
    [TestCase(double.NaN)]
    public void RateModel_WithoutARate_IsRefused(double rate) => Assert.That(
        () => S3Server.CreateInMemory(new S3ServerOptions { RateModel = new S3RateModel { ReadsPerSecond = rate } }),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("ReadsPerSecond"));
}
