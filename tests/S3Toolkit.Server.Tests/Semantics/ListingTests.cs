using System.Text;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class ListingTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task ListObjectsV2_PagesWithDelimiter_RollUpAndGoOn()
    {
        foreach (string key in new[] { "a/1", "a/2", "b", "c/1/x", "c/2", "d" }) await PutAsync(key, key);

        List<string> seen = [];
        ListObjectsV2Request request = new() { BucketName = Bucket, Delimiter = "/", MaxKeys = 2 };
        ListObjectsV2Response page;
        do
        {
            page = await Client.ListObjectsV2Async(request);
            seen.AddRange((page.S3Objects ?? []).Select(item => item.Key));
            seen.AddRange((page.CommonPrefixes ?? []).Select(item => item));
            Assert.That(page.KeyCount, Is.LessThanOrEqualTo(2));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        Assert.That(seen.Order(StringComparer.Ordinal), Is.EqualTo(new[] { "a/", "b", "c/", "d" }));
    }

    [Test]
    public async Task ListObjectsV2_StartAfterAndOwner_AreHonoured()
    {
        foreach (string key in new[] { "a", "b", "c" }) await PutAsync(key, key);

        ListObjectsV2Response page = await Client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = Bucket, StartAfter = "a", FetchOwner = true });

        Assert.That(page.S3Objects.Select(item => item.Key), Is.EqualTo(new[] { "b", "c" }));
        Assert.That(page.S3Objects[0].Owner.Id, Has.Length.EqualTo(64));
        Assert.That(page.S3Objects[0].ETag, Does.StartWith("\"").And.EndsWith("\""));
    }

    [Test]
    public async Task ListObjects_Version1WithMarker_Pages()
    {
        foreach (string key in new[] { "a", "b", "c" }) await PutAsync(key, key);

        ListObjectsResponse first = await Client.ListObjectsAsync(new ListObjectsRequest { BucketName = Bucket, MaxKeys = 2 });
        ListObjectsResponse second = await Client.ListObjectsAsync(
            new ListObjectsRequest { BucketName = Bucket, Marker = first.S3Objects[^1].Key });

        Assert.That(first.IsTruncated, Is.True);
        Assert.That(second.S3Objects.Single().Key, Is.EqualTo("c"));
    }

    [Test]
    public async Task ListObjectsV2_UnicodeKeys_ComeInUtf8Order()
    {
        string[] keys = ["z", "é", "\uD7FF", "\uE000", "\uFFFD", "😀", "a"];
        foreach (string key in keys) await PutAsync(key, "x");

        ListObjectsV2Response page = await Client.ListObjectsV2Async(new() { BucketName = Bucket });

        string[] expected = [.. keys.OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal)];
        Assert.That(page.S3Objects.Select(item => item.Key), Is.EqualTo(expected));
    }

    [Test]
    public async Task ListObjectsV2_FalseToken_IsRefused()
    {
        ListObjectsV2Request request = new() { BucketName = Bucket, ContinuationToken = "invented" };

        Assert.That((await ErrorOf(() => Client.ListObjectsV2Async(request))).ErrorCode, Is.EqualTo("InvalidArgument"));
    }

    [Test]
    public async Task ListVersions_Paged_ShowsMarkersAndWhichIsLatest()
    {
        await EnableVersioningAsync();
        await PutAsync("a", "1");
        await PutAsync("a", "2");
        await Client.DeleteObjectAsync(Bucket, "a");
        await PutAsync("b", "1");

        List<S3ObjectVersion> all = [];
        ListVersionsRequest request = new() { BucketName = Bucket, MaxKeys = 2 };
        ListVersionsResponse page;
        do
        {
            page = await Client.ListVersionsAsync(request);
            all.AddRange(page.Versions);
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);

        Assert.That(all.Select(item => (item.Key, item.IsDeleteMarker == true, item.IsLatest == true)), Is.EqualTo(new[]
        {
            ("a", true, true), ("a", false, false), ("a", false, false), ("b", false, true),
        }));
    }
}
