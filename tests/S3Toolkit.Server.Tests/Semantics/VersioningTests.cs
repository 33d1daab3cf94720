using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class VersioningTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task PutObject_Enabled_OldVersionsStayReadable()
    {
        await EnableVersioningAsync();
        string first = (await PutAsync("k", "1")).VersionId;
        string second = (await PutAsync("k", "2")).VersionId;

        Assert.That(first, Is.Not.EqualTo(second));
        Assert.That(await ReadAsync("k"), Is.EqualTo("2"));
        Assert.That(await ReadAsync("k", request => request.VersionId = first), Is.EqualTo("1"));
    }

    [Test]
    public async Task DeleteObject_Enabled_HidesUntilTheMarkerIsDeleted()
    {
        await EnableVersioningAsync();
        await PutAsync("k", "1");
        DeleteObjectResponse deleted = await Client.DeleteObjectAsync(Bucket, "k");

        Assert.That(deleted.DeleteMarker, Is.EqualTo("true"));
        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("NoSuchKey"));
        AmazonS3Exception marker = await ErrorOf(() => ReadAsync("k", request => request.VersionId = deleted.VersionId));
        Assert.That(marker.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));

        DeleteObjectResponse undeleted = await Client.DeleteObjectAsync(Bucket, "k", deleted.VersionId);
        Assert.That(undeleted.DeleteMarker, Is.EqualTo("true"));
        Assert.That(await ReadAsync("k"), Is.EqualTo("1"));
    }

    [Test]
    public async Task PutObject_Suspended_ReplacesTheNullVersion()
    {
        await PutAsync("k", "0");
        await EnableVersioningAsync();
        string kept = (await PutAsync("k", "1")).VersionId;
        await EnableVersioningAsync("Suspended");

        string written = (await PutAsync("k", "2")).VersionId;

        Assert.That(written, Is.EqualTo("null"));
        ListVersionsResponse versions = await Client.ListVersionsAsync(new ListVersionsRequest { BucketName = Bucket });
        Assert.That(versions.Versions.Select(version => version.VersionId), Is.EqualTo(new[] { "null", kept }));
    }

    [TestCase("not-a-version!", "InvalidArgument")]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "NoSuchVersion")]
    public async Task GetObject_UnknownVersion_SaysWhy(string versionId, string code)
    {
        await EnableVersioningAsync();
        await PutAsync("k", "1");

        Assert.That((await ErrorOf(() => ReadAsync("k", request => request.VersionId = versionId))).ErrorCode, Is.EqualTo(code));
    }

    [Test]
    public async Task GetObject_BucketWithoutVersioning_ShowsNoVersionId() =>
        Assert.That((await PutAsync("k", "1")).VersionId, Is.Null);
}
