using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class ListingEdgeTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task ListObjectsV2_NoKeysAsked_IsEmptyAndNotTruncated()
    {
        await PutAsync("a", "x");

        ListObjectsV2Response page = await Client.ListObjectsV2Async(new() { BucketName = Bucket, MaxKeys = 0 });

        Assert.That((page.S3Objects?.Count ?? 0, page.KeyCount, page.IsTruncated), Is.EqualTo((0, (int?)0, (bool?)false)));
    }

    [TestCase("a+b", "a%2Bb")]
    [TestCase("a%b", "a%25b")]
    [TestCase("a*b", "a*b")]
    [TestCase("a b", "a+b")]
    [TestCase("a/ä", "a/%C3%A4")]
    [TestCase("a\u0001b", "a%01b")]
    [TestCase("a\nb", "a%0Ab")]
    public async Task ListObjects_UrlEncoding_EscapesKeysPrefixesAndMarkers(string key, string expected)
    {
        await PutAsync(key, "x");
        await PutAsync(key + "|1", "x");
        string prefix = Uri.EscapeDataString(key);

        (_, string v1) = await SendAsync(HttpMethod.Get, $"/{Bucket}", $"delimiter=%7C&encoding-type=url&marker=%2B&prefix={prefix}");
        (_, string v2) = await SendAsync(
            HttpMethod.Get, $"/{Bucket}", $"delimiter=%7C&encoding-type=url&list-type=2&prefix={prefix}&start-after=%2B");

        foreach (string body in new[] { v1, v2 })
        {
            Assert.That(body, Does.Contain($"<Key>{expected}</Key>").And.Contain($"<Prefix>{expected}</Prefix>"));
            Assert.That(body, Does.Contain($"<CommonPrefixes><Prefix>{expected}%7C</Prefix></CommonPrefixes>"));
            Assert.That(body, Does.Contain("<Delimiter>%7C</Delimiter>"));
        }
        Assert.That(v1, Does.Contain("<Marker>%2B</Marker>"));
        Assert.That(v2, Does.Contain("<StartAfter>%2B</StartAfter>"));
    }

    [Test]
    public async Task ListObjects_MarkerInsideARolledUpPrefix_GoesOnBehindThePrefix()
    {
        foreach (string key in new[] { "a/1", "a/2", "b/1", "c" }) await PutAsync(key, "x");

        ListObjectsResponse page = await Client.ListObjectsAsync(
            new ListObjectsRequest { BucketName = Bucket, Delimiter = "/", Marker = "a/1" });

        Assert.That(page.CommonPrefixes, Is.EqualTo(new[] { "b/" }));
        Assert.That(page.S3Objects.Select(item => item.Key), Is.EqualTo(new[] { "c" }));
    }

    [TestCase("")]
    [TestCase("list-type=2&")]
    [TestCase("versions=&")]
    [TestCase("uploads=&")]
    public async Task AnyListing_EncodingThatIsNone_IsRefused(string query)
    {
        (int status, string body) = await SendAsync(HttpMethod.Get, $"/{Bucket}", "encoding-type=&" + query.TrimEnd('&'));

        Assert.That((status, body.Contains("Invalid Encoding Method specified in Request")), Is.EqualTo((400, true)), body);
    }

    [Test]
    public async Task ListMultipartUploads_LastPage_TellsWhereItEnds()
    {
        string uploadId = (await Client.InitiateMultipartUploadAsync(Bucket, "k")).UploadId;

        (_, string body) = await SendAsync(HttpMethod.Get, $"/{Bucket}", "uploads=");

        Assert.That(body, Does.Contain($"<NextKeyMarker>k</NextKeyMarker><NextUploadIdMarker>{uploadId}</NextUploadIdMarker>")
            .And.Contain("<IsTruncated>false</IsTruncated>"));
    }

    [Test]
    public async Task ListMultipartUploads_MarkerOfAnAbortedUpload_GoesOn_AndAForeignOneDoesNot()
    {
        string first = (await Client.InitiateMultipartUploadAsync(Bucket, "k")).UploadId;
        string second = (await Client.InitiateMultipartUploadAsync(Bucket, "k")).UploadId;
        await Client.AbortMultipartUploadAsync(Bucket, "k", first);

        (_, string page) = await SendAsync(HttpMethod.Get, $"/{Bucket}", $"key-marker=k&upload-id-marker={first}&uploads=");
        (int status, string body) = await SendAsync(HttpMethod.Get, $"/{Bucket}", "key-marker=k&upload-id-marker=foreign&uploads=");
        (int without, _) = await SendAsync(HttpMethod.Get, $"/{Bucket}", "upload-id-marker=foreign&uploads=");

        Assert.That(page, Does.Contain($"<UploadId>{second}</UploadId>"));
        Assert.That((status, body.Contains("Invalid uploadId marker")), Is.EqualTo((400, true)), body);
        Assert.That(without, Is.EqualTo(200), "ignored without a key");
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    public async Task ListVersions_PagedWithDelimiter_ShowsEachOnce(int pageSize)
    {
        await EnableVersioningAsync();
        foreach (string key in new[] { "a/1", "a/1", "a/2", "b", "b", "c/1" }) await PutAsync(key, "x");

        List<string> seen = [];
        ListVersionsRequest request = new() { BucketName = Bucket, Delimiter = "/", MaxKeys = pageSize };
        ListVersionsResponse page;
        do
        {
            page = await Client.ListVersionsAsync(request);
            seen.AddRange((page.Versions ?? []).Select(item => item.Key));
            seen.AddRange(page.CommonPrefixes ?? []);
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);

        Assert.That(seen.Order(StringComparer.Ordinal), Is.EqualTo(new[] { "a/", "b", "b", "c/" }));
    }

    [Test]
    public async Task ListVersions_MarkerOfAVersionBeforeThePrefix_ShowsThePrefix()
    {
        await EnableVersioningAsync();
        string version = (await PutAsync("a", "x")).VersionId;
        await PutAsync("b/1", "x");

        ListVersionsResponse page = await Client.ListVersionsAsync(new ListVersionsRequest
        {
            BucketName = Bucket, Prefix = "b/", KeyMarker = "a", VersionIdMarker = version,
        });

        Assert.That(page.Versions.Select(item => item.Key), Is.EqualTo(new[] { "b/1" }));
    }

    [Test]
    public async Task ListMultipartUploads_MarkerOfAnUploadBeforeThePrefix_ShowsThePrefix()
    {
        string marker = (await Client.InitiateMultipartUploadAsync(Bucket, "a")).UploadId;
        await Client.InitiateMultipartUploadAsync(Bucket, "b/1");

        ListMultipartUploadsResponse page = await Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest
        {
            BucketName = Bucket, Prefix = "b/", KeyMarker = "a", UploadIdMarker = marker,
        });

        Assert.That(page.MultipartUploads.Select(item => item.Key), Is.EqualTo(new[] { "b/1" }));
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task ListMultipartUploads_PagedWithDelimiter_ShowsEachOnce(int pageSize)
    {
        foreach (string key in new[] { "a/1", "a/2", "b", "b", "c/1", "d" }) await Client.InitiateMultipartUploadAsync(Bucket, key);

        List<string> seen = [];
        ListMultipartUploadsRequest request = new() { BucketName = Bucket, Delimiter = "/", MaxUploads = pageSize };
        ListMultipartUploadsResponse page;
        do
        {
            page = await Client.ListMultipartUploadsAsync(request);
            seen.AddRange((page.MultipartUploads ?? []).Select(item => item.Key));
            seen.AddRange(page.CommonPrefixes ?? []);
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);

        Assert.That(seen.Order(StringComparer.Ordinal), Is.EqualTo(new[] { "a/", "b", "b", "c/", "d" }));
    }
}
