namespace S3Toolkit.Tests.Stores;

/// <summary>Servers that do not say where a listing goes on.</summary>
[TestFixture]
internal sealed class ListingTests
{
    private static IEnumerable<TestCaseData> Listings()
    {
        yield return Case(
            "ListBucketResult", "<NextContinuationToken>t</NextContinuationToken>", static bucket => bucket.ListAsync().CountAsync());
        yield return Case(
            "ListVersionsResult", "<NextKeyMarker>t</NextKeyMarker>", static bucket => bucket.ListVersionsAsync().CountAsync());
        yield return Case(
            "ListMultipartUploadsResult", "<NextKeyMarker>t</NextKeyMarker>", static bucket => bucket.ListUploadsAsync().CountAsync());
        yield return Case("ListPartsResult", "<NextPartNumberMarker>7</NextPartNumberMarker>",
            static bucket => bucket.ResumeMultipart("key", "id").ListPartsAsync().CountAsync());

        static TestCaseData Case(string root, string token, Func<IObjectStore, ValueTask<int>> list) =>
            new TestCaseData(root, token, list).SetArgDisplayNames(root);
    }

    [TestCaseSource(nameof(Listings))]
    public void List_TruncatedWithoutAToken_IsNoEnd(string root, string token, Func<IObjectStore, ValueTask<int>> list)
    {
        _ = token;
        using var server = new ScriptedServer(_ => ScriptedServer.Xml($"<{root}><IsTruncated>true</IsTruncated></{root}>"));

        Assert.That(async () => await list(server.Bucket), Throws.InstanceOf<S3ToolkitException>()
            .With.Property("ErrorCode").EqualTo(S3ErrorCode.BrokenListing).And.Message.Contains("not where it begins"));
    }

    [TestCaseSource(nameof(Listings))]
    public void List_TokenRepeats_DoesNotGoOnForEver(string root, string token, Func<IObjectStore, ValueTask<int>> list)
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Xml($"<{root}><IsTruncated>true</IsTruncated>{token}</{root}>"));

        Assert.That(async () => await list(server.Bucket), Throws.InstanceOf<S3ToolkitException>()
            .With.Property("ErrorCode").EqualTo(S3ErrorCode.BrokenListing).And.Message.Contains("again and again"));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void ListBuckets_TokenRepeats_DoesNotGoOnForEver()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Xml(
            "<ListAllMyBucketsResult><Buckets/><ContinuationToken>t</ContinuationToken></ListAllMyBucketsResult>"));

        Assert.That(async () => await server.Store.ListAsync().CountAsync(), Throws.InstanceOf<S3ToolkitException>()
            .With.Property("ErrorCode").EqualTo(S3ErrorCode.BrokenListing));
    }
}
