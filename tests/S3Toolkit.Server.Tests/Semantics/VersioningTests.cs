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

        Assert.That(written, Is.Null, "it is no new version");
        ListVersionsResponse versions = await Client.ListVersionsAsync(new ListVersionsRequest { BucketName = Bucket });
        Assert.That(versions.Versions.Select(version => version.VersionId), Is.EqualTo(new[] { "null", kept }));
    }

    [Test]
    public async Task DeleteObject_Suspended_PutsANullMarkerInPlaceOfTheNullVersion()
    {
        await EnableVersioningAsync();
        string kept = (await PutAsync("k", "1")).VersionId;
        await EnableVersioningAsync("Suspended");
        await PutAsync("k", "2");

        DeleteObjectResponse deleted = await Client.DeleteObjectAsync(Bucket, "k");
        DeleteObjectResponse again = await Client.DeleteObjectAsync(Bucket, "k");

        Assert.That((deleted.DeleteMarker, deleted.VersionId), Is.EqualTo(("true", "null")));
        Assert.That(again.VersionId, Is.EqualTo("null"));
        ListVersionsResponse versions = await Client.ListVersionsAsync(new ListVersionsRequest { BucketName = Bucket });
        Assert.That(versions.Versions.Select(item => (item.VersionId, item.IsDeleteMarker == true)),
            Is.EqualTo(new[] { ("null", true), (kept, false) }));
    }

    [Test]
    public async Task NullVersion_Suspended_CanBeReadAndDeletedByItsId()
    {
        await PutAsync("k", "null version");
        await EnableVersioningAsync();
        string newer = (await PutAsync("k", "newer")).VersionId;
        await EnableVersioningAsync("Suspended");

        Assert.That(await ReadAsync("k", request => request.VersionId = "null"), Is.EqualTo("null version"));
        DeleteObjectResponse deleted = await Client.DeleteObjectAsync(Bucket, "k", "null");
        DeleteObjectResponse again = await Client.DeleteObjectAsync(Bucket, "k", "null");

        Assert.That((deleted.VersionId, deleted.DeleteMarker), Is.EqualTo(("null", (string?)null)));
        Assert.That(again.VersionId, Is.EqualTo("null"), "deleting what is gone is no error");
        Assert.That((await ErrorOf(() => ReadAsync("k", request => request.VersionId = "null"))).ErrorCode, Is.EqualTo("NoSuchVersion"));
        Assert.That(await ReadAsync("k", request => request.VersionId = newer), Is.EqualTo("newer"));
    }

    [Test]
    public async Task NullMarker_DeletedByItsId_ShowsTheVersionBelow()
    {
        await EnableVersioningAsync();
        await PutAsync("k", "1");
        await EnableVersioningAsync("Suspended");
        await Client.DeleteObjectAsync(Bucket, "k");

        AmazonS3Exception marker = await ErrorOf(() => ReadAsync("k", request => request.VersionId = "null"));
        DeleteObjectResponse deleted = await Client.DeleteObjectAsync(Bucket, "k", "null");

        Assert.That((marker.StatusCode, marker.ErrorCode), Is.EqualTo((HttpStatusCode.MethodNotAllowed, "MethodNotAllowed")));
        Assert.That((deleted.DeleteMarker, deleted.VersionId), Is.EqualTo(("true", "null")));
        Assert.That(await ReadAsync("k"), Is.EqualTo("1"));
    }

    [Test]
    public async Task DeleteObjects_VersionsAndMarkers_TellsWhatEachWas()
    {
        await PutAsync("k", "null version");
        await EnableVersioningAsync();
        string version = (await PutAsync("k", "1")).VersionId;
        string marker = (await Client.DeleteObjectAsync(Bucket, "k")).VersionId;
        await PutAsync("other", "1");

        DeleteObjectsResponse answer = await Client.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = Bucket,
            Objects =
            [
                new KeyVersion { Key = "k", VersionId = "null" }, new KeyVersion { Key = "k", VersionId = version },
                new KeyVersion { Key = "k", VersionId = marker }, new KeyVersion { Key = "other" },
            ],
        });

        Assert.That(answer.DeletedObjects.Take(3).Select(item => (item.VersionId, item.DeleteMarker == true)),
            Is.EqualTo(new[] { ("null", false), (version, false), (marker, true) }));
        Assert.That(answer.DeletedObjects[2].DeleteMarkerVersionId, Is.EqualTo(marker));
        Assert.That(answer.DeletedObjects[3].DeleteMarker, Is.True);
        ListVersionsResponse left = await Client.ListVersionsAsync(new ListVersionsRequest { BucketName = Bucket });
        Assert.That(left.Versions.Select(item => item.Key), Is.EqualTo(new[] { "other", "other" }));
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
