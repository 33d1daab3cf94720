using CsCheck;
using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Tests.Authentication;

namespace S3Toolkit.Server.Tests.Fuzz;

/// <summary>Whatever bytes come in over a socket, the server answers or hangs up, and never blames itself.</summary>
public sealed class FuzzTests
{
    /// <summary>S3TOOLKIT_FUZZ_RUNS sets how many requests each run sends.</summary>
    public static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("S3TOOLKIT_FUZZ_RUNS"), out int runs) ? runs : 600;

    /// <summary>What the server may keep of all of them; the bodies that it was given to keep are small.</summary>
    private const long MaxGrowthBytes = 200L * 1024 * 1024;

    private S3Server _server = null!;

    [SetUp]
    public async Task StartServer()
    {
        _server = await S3Server.StartAsync(new S3ServerOptions
        {
            AccessKeyId = SignedRequest.AccessKeyId, SecretAccessKey = SignedRequest.Secret, Region = SignedRequest.Region,
        });
        foreach (string path in new[] { "/bucket", "/bucket/k" })
        {
            SignedRequest put = new() { RawPath = path, Body = path == "/bucket" ? [] : [1, 2, 3], Time = TimeProvider.System.GetUtcNow() };
            (byte[] head, byte[] body, _) = WireWriter.Write(put.SignHeaders(), put.Body, Framing.Length);
            Assert.That(await FuzzConnection.StatusOfAsync(_server.Endpoint.Port, new([.. head, .. body], false)), Is.EqualTo(200));
        }
    }

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public Task AnyBytes_OfAnyOperation_AreAnsweredOrCut() => SendAsync(FuzzGen.Request, leastAnswers: 0.5);

    [Test]
    public Task AnyForm_WithAnyPolicy_IsAnsweredOrCut() => SendAsync(FuzzForm.Request, leastAnswers: 0.9);

    [Test]
    public void Documents_OfTheCatalog_AreAllThere()
    {
        IEnumerable<string> needed = OperationCatalog.All
            .Where(operation => operation.Has(OperationTraits.TakesBody))
            .Select(operation => operation.Name)
            .Distinct();

        Assert.That(Documents.ByOperation.Keys.Concat(Documents.WithoutDocument), Is.SupersetOf(needed),
            "a new operation that takes a document has one in Documents, so that it is fuzzed");
    }

    private async Task SendAsync(Gen<FuzzRequest> requests, double leastAnswers)
    {
        int answers = 0, sent = 0;
        Dictionary<int, int> statuses = [];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await requests.SampleAsync(
            async request =>
            {
                int status = await FuzzConnection.StatusOfAsync(_server.Endpoint.Port, request);
                sent++;
                if (status > 0) answers++;
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                Assert.That(status, Is.Not.EqualTo(-1), "it hangs");
                Assert.That(status, Is.Not.EqualTo(500), "it blames itself");
            },
            iter: Runs, threads: 1);
        TestContext.Out.WriteLine(string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}")));

        Assert.That(answers, Is.GreaterThan(sent * leastAnswers), "the generator sends mostly what no parser understands");
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(MaxGrowthBytes));
    }
}
