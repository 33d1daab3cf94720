using S3Toolkit.Server;
using S3Toolkit.Tests.Pains;
using S3Toolkit.Tests.Stores;

namespace S3Toolkit.Tests.Listing;

[TestFixture]
internal sealed class ParallelListingTests
{
    private const int Count = 20_000;

    private static readonly ListObjectsOptions Eight = new() { MaxConcurrency = 8, PageSize = 200 };

    [TestCaseSource(typeof(KeyShapes), nameof(KeyShapes.Names))]
    public async Task ListAsync_Shape_GivesEachKeyOnceAndInOrder(string shape)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var keys = KeyShapes.Of(shape, Count, "p/");
        await SeedAsync(pain, keys);
        // So that requests do meet.
        pain.Strike("ListObjectsV2", S3Fault.Delay(TimeSpan.FromMilliseconds(5)));

        var ordered = await ListAsync(pain.Bucket, Eight with { Prefix = "p/" });
        var requests = pain.Count("ListObjectsV2");
        var most = pain.Server.Requests.MaxInFlightOf("ListObjectsV2");
        var unordered = await ListAsync(pain.Bucket, Eight with { Prefix = "p/", InAnyOrder = true });

        Assert.That(ordered, Is.EqualTo(keys));
        Assert.That(unordered.Order(StringComparer.Ordinal), Is.EqualTo(keys.Order(StringComparer.Ordinal)));
        TestContext.Out.WriteLine($"{shape}: {requests} requests for {Count / 200} pages, {most} at once");
        Assert.That(most, Is.InRange(4, 8));
        Assert.That(requests, Is.LessThan(3 * Count / 200));
    }

    [Test]
    public async Task ListAsync_PrefixAndStartAfter_AreHonoured()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var keys = KeyShapes.Of("hex", 3000, "p/");
        await SeedAsync(pain, [.. keys, "a", "p", "p0", "q"]);

        var listed = await ListAsync(pain.Bucket, Eight with { Prefix = "p/", StartAfter = keys[1000] });

        Assert.That(listed, Is.EqualTo(keys.Skip(1001)));
        Assert.That(await ListAsync(pain.Bucket, Eight with { Prefix = "none/" }), Is.Empty);
    }

    [Test]
    public async Task ListAsync_ShortListing_IsOneRequest()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await SeedAsync(pain, KeyShapes.Of("hex", 150));

        Assert.That(await ListAsync(pain.Bucket, Eight), Has.Count.EqualTo(150));
        Assert.That(pain.Count("ListObjectsV2"), Is.EqualTo(1));
    }

    [Test]
    public async Task ListAsync_Delimiter_IsListedPageAfterPage()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await SeedAsync(pain, ["a/1", "a/2", "b"]);

        var entries = await pain.Bucket.ListAsync(Eight with { Delimiter = "/" }).Select(static entry => entry.Name).ToListAsync();

        Assert.That(entries, Is.EqualTo(["a/", "b"]));
    }

    [Test]
    public async Task ListAsync_CallerTakesOnePage_ReadsOnlySoFarAhead()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await SeedAsync(pain, KeyShapes.Of("hex", Count));
        var options = Eight with { MaxConcurrency = 2, PageSize = 50 };

        await foreach (var entry in pain.Bucket.ListAsync(options))
        {
            Assert.That(entry.Name, Is.Not.Empty);
            break;
        }

        // 8 pages for each of the two, and the questions; all of it were 400.
        Assert.That(pain.Count("ListObjectsV2"), Is.LessThan(60));
        Assert.That(pain.Server.Requests.InFlight, Is.Zero, "the rest was stopped");
    }

    [Test]
    public async Task ListAsync_AnyRequestFails_EndsWithTheError()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await SeedAsync(pain, KeyShapes.Of("hex", 5000));
        pain.Server.Faults.Add(new S3FaultRule
        {
            Operation = "ListObjectsV2", Fault = S3Fault.Error(403, "AccessDenied"), Probability = 0.2,
        });

        Assert.That(async () => await ListAsync(pain.Bucket, Eight with { PageSize = 50 }), Throws.TypeOf<S3AccessDeniedException>());
    }

    [Test]
    public async Task ListAsync_ThrottledNowAndThen_GivesEachKeyOnce()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var keys = KeyShapes.Of("hex", 5000);
        await SeedAsync(pain, keys);
        pain.Strike("ListObjectsV2", S3Fault.SlowDown(), times: 3);

        Assert.That(await ListAsync(pain.Bucket, Eight), Is.EqualTo(keys));
    }

    [Test]
    public void ListAsync_ServerListsInNoOrder_SaysSo()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Xml(
            "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
            + "<Contents><Key>b</Key><Size>1</Size></Contents><Contents><Key>a</Key><Size>1</Size></Contents></ListBucketResult>"));

        Assert.That(
            async () => await ListAsync(server.Bucket, Eight),
            Throws.InstanceOf<S3ToolkitException>().With.Property("ErrorCode").EqualTo(S3ErrorCode.BrokenListing)
                .And.Message.Contains("MaxConcurrency = 1"));
    }

    [TestCase(0)]
    [TestCase(1001)]
    public async Task ListAsync_ConcurrencyOutOfRange_IsRefused(int maxConcurrency)
    {
        await using var pain = await EmbeddedPain.StartAsync();

        Assert.That(
            () => pain.Bucket.ListAsync(new ListObjectsOptions { MaxConcurrency = maxConcurrency }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("MaxConcurrency"));
    }

    private static async Task SeedAsync(EmbeddedPain pain, IEnumerable<string> keys)
    {
        await pain.Server.SeedAsync(keys.Select(static key => KeyValuePair.Create(key, "")), EmbeddedPain.BucketName);
        pain.ForgetRequests();
    }

    private static async Task<List<string>> ListAsync(IObjectStore store, ListObjectsOptions options) =>
        await store.ListAsync(options).Select(static entry => entry.Name).ToListAsync();
}
