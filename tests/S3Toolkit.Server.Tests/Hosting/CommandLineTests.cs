using System.Net;
using System.Net.Sockets;
using Amazon.S3;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Hosting;

/// <summary>What samples/LocalServer says of arguments, and while it runs.</summary>
public sealed class CommandLineTests
{
    [TestCase("--port is given twice.", "--port", "0")]
    [TestCase("--tls is given twice.", "--tls", "--tls")]
    [TestCase("'--nothing'", "--nothing")]
    [TestCase("without spaces.", "--kms-key", "a b")]
    [TestCase("--max-memory is 'x'.", "--max-memory", "x")]
    [TestCase("--max-memory is for a server that keeps its data in memory", "--max-memory", "1", "--data", "unused")]
    public async Task Start_WrongArgument_IsToldInOneLine(string problem, params string[] arguments)
    {
        (int exitCode, string errors) = await LocalServerProcess.RunRefusedAsync(arguments);

        Assert.That(exitCode, Is.EqualTo(2), errors);
        Assert.That(errors, Does.Contain(problem).And.Contain("--help tells more").And.Not.Contain("Parameter"));
        Assert.That(errors.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Start_PortInUse_SaysWhichAndWhatToDo()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        (int exitCode, string errors) = await LocalServerProcess.RunRefusedAsync("--website-port", port);

        Assert.That(exitCode, Is.EqualTo(1), errors);
        Assert.That(errors, Does.Contain($"--website-port {port} is in use").And.Contain("--website-port 0"));
    }

    [Test]
    public async Task Start_WithSeedThatHasLinks_FollowsNone()
    {
        using TemporaryFolder folder = new();
        string seed = Path.Combine(folder.Path, "seed"), outside = Path.Combine(folder.Path, "outside");
        Directory.CreateDirectory(Path.Combine(seed, "real-bucket"));
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(Path.Combine(outside, "private.txt"), "x");
        Directory.CreateSymbolicLink(Path.Combine(seed, "linked-bucket"), outside);

        await using LocalServerProcess server = await LocalServerProcess.StartAsync(
            Path.Combine(folder.Path, "data"), null, "--seed", seed);
        using AmazonS3Client client = server.CreateClient();

        Assert.That(
            (await client.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { "real-bucket" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Run_Verbose_PrintsALineForEachRequest(bool isVerbose)
    {
        using TemporaryFolder folder = new();
        string[] arguments = isVerbose ? ["--verbose"] : [];
        await using LocalServerProcess server = await LocalServerProcess.StartAsync(Path.Combine(folder.Path, "data"), null, arguments);
        using HttpClient http = new();

        using HttpResponseMessage refused = await http.GetAsync(new Uri(server.Endpoint + "/some-bucket/k?X-Amz-Signature=secret"));
        // Nobody can tell when the line of the first is out, but it is before the second's answer on the same connection.
        using HttpResponseMessage second = await http.GetAsync(new Uri(server.Endpoint + "/another-bucket"));
        string errors = await server.KillAndReadErrorsAsync();

        Assert.That(errors, isVerbose ? Does.Match("GET /some-bucket/k [0-9]{3} [0-9]+ ms") : Is.Empty);
        Assert.That(errors, Does.Not.Contain("secret"));
    }

    [Test]
    public async Task Run_UnsupportedOperation_IsAWarning()
    {
        using TemporaryFolder folder = new();
        await using LocalServerProcess server = await LocalServerProcess.StartAsync(Path.Combine(folder.Path, "data"));
        using AmazonS3Client client = server.CreateClient();

        await Assert.ThatAsync(
            () => client.GetObjectTorrentAsync("some-bucket", "k"), Throws.InstanceOf<AmazonS3Exception>());
        string errors = await server.KillAndReadErrorsAsync();

        Assert.That(errors, Does.Contain("warning: ").And.Contain("GetObjectTorrent").And.Contain("docs/s3-compatibility.md"));
    }
}
