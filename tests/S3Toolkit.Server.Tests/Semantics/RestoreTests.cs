using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class RestoreTests(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options) => options.RestoreDelay = TimeSpan.FromHours(4);

    [TestCase("GLACIER")]
    [TestCase("DEEP_ARCHIVE")]
    public async Task GetObject_Archived_NeedsARestore(string storageClass)
    {
        await PutAsync("k", "x", request => request.StorageClass = new S3StorageClass(storageClass));

        AmazonS3Exception error = await ErrorOf(() => ReadAsync("k"));
        AmazonS3Exception copy = await ErrorOf(() => Client.CopyObjectAsync(Bucket, "k", Bucket, "copy"));
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.Forbidden, "InvalidObjectState")));
        Assert.That((await SendAsync(HttpMethod.Get, $"/{Bucket}/k")).Body, Does.Contain($"<StorageClass>{storageClass}</StorageClass>"));
        Assert.That(copy.ErrorCode, Is.EqualTo("InvalidObjectState"));
        Assert.That(head.StorageClass.Value, Is.EqualTo(storageClass));
    }

    [Test]
    public async Task RestoreObject_ByTheServersClock_IsUnderWayThenReadableThenOver()
    {
        await PutAsync("k", "x", request => request.StorageClass = S3StorageClass.Glacier);

        Assert.That(await RestoreAsync("k", 2), Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).RestoreInProgress, Is.True);
        Assert.That((await ErrorOf(() => RestoreAsync("k", 2))).ErrorCode, Is.EqualTo("RestoreAlreadyInProgress"));
        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("InvalidObjectState"));

        Server.Clock.Advance(TimeSpan.FromHours(4));
        GetObjectMetadataResponse ready = await Client.GetObjectMetadataAsync(Bucket, "k");
        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
        Assert.That(ready.RestoreInProgress, Is.False);
        Assert.That(ready.RestoreExpiration!.Value.ToUniversalTime().TimeOfDay, Is.EqualTo(TimeSpan.Zero), "midnight");
        Assert.That(await RestoreAsync("k", 9), Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).RestoreExpiration!.Value - ready.RestoreExpiration!.Value,
            Is.EqualTo(TimeSpan.FromDays(7)));

        Server.Clock.Advance(TimeSpan.FromDays(11));
        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("InvalidObjectState"));
        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).RestoreExpiration, Is.Null);
    }

    [Test]
    public async Task RestoreObject_ByTheServersClock_TellsWhenItIsCompleteAndWhenItIsOver()
    {
        await PutAsync("k", "x", request => request.StorageClass = S3StorageClass.Glacier);
        using S3EventListener events = Server.Events.Listen();

        await RestoreAsync("k", 2);
        Server.Clock.Advance(TimeSpan.FromHours(5));
        await RestoreAsync("k", 9); // of the earlier end nothing is told
        Server.Clock.Advance(TimeSpan.FromDays(30));

        List<string> names = [];
        for (int i = 0; i < 4; i++) names.Add((await events.NextAsync()).EventName);
        await PutAsync("last", "x");
        names.Add((await events.NextAsync()).EventName);
        Assert.That(names.Take(1).Concat(names.Skip(1).Take(2).Order()).Concat(names.Skip(3)), Is.EqualTo(new[]
        {
            "ObjectRestore:Post", "ObjectRestore:Completed", "ObjectRestore:Post", "ObjectRestore:Delete", "ObjectCreated:Put",
        }));
    }

    [TestCase("STANDARD")]
    [TestCase("GLACIER_IR")]
    public async Task RestoreObject_NotArchived_IsRefused(string storageClass)
    {
        await PutAsync("k", "x", request => request.StorageClass = new S3StorageClass(storageClass));

        AmazonS3Exception error = await ErrorOf(() => RestoreAsync("k", 1));

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.Forbidden, "InvalidObjectState")));
        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
    }

    [TestCase("", 400, "MalformedXML")]
    [TestCase("<Days>0</Days>", 400, "MalformedXML")]
    [TestCase("<Days>1</Days><GlacierJobParameters><Tier>Slow</Tier></GlacierJobParameters>", 400, "MalformedXML")]
    [TestCase("<Days>1</Days><GlacierJobParameters><Tier>Expedited</Tier></GlacierJobParameters>", 400, "InvalidArgument")]
    [TestCase("<Type>SELECT</Type>", 501, "NotImplemented")]
    public async Task RestoreObject_RequestThatIsNone_IsRefused(string content, int expected, string code)
    {
        await PutAsync("k", "x", request => request.StorageClass = S3StorageClass.DeepArchive);

        (int status, string body) = await SendAsync(
            HttpMethod.Post, $"/{Bucket}/k", "restore=", $"<RestoreRequest>{content}</RestoreRequest>");

        Assert.That(status, Is.EqualTo(expected));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>"));
    }

    [Test]
    public async Task ListObjects_AskedForRestores_TellsThem()
    {
        await PutAsync("archived", "x", request => request.StorageClass = S3StorageClass.Glacier);
        await PutAsync("restored", "x", request => request.StorageClass = S3StorageClass.Glacier);
        await PutAsync("standard", "x");
        await RestoreAsync("restored", 1);
        Server.Clock.Advance(TimeSpan.FromHours(5));

        List<S3Object> listed = (await Client.ListObjectsV2Async(new ListObjectsV2Request
        {
            BucketName = Bucket, OptionalObjectAttributes = ["RestoreStatus"],
        })).S3Objects;
        List<S3Object> plain = (await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket })).S3Objects;

        Assert.That(listed.Select(item => item.RestoreStatus?.IsRestoreInProgress), Is.EqualTo(new bool?[] { false, false, null }));
        Assert.That(listed.Select(item => item.RestoreStatus?.RestoreExpiryDate is not null), Is.EqualTo(new[] { false, true, false }));
        Assert.That(plain.Select(item => item.RestoreStatus), Is.All.Null);
    }

    private async Task<HttpStatusCode> RestoreAsync(string key, int days) => (await Client.RestoreObjectAsync(
        new RestoreObjectRequest { BucketName = Bucket, Key = key, Days = days })).HttpStatusCode;
}
