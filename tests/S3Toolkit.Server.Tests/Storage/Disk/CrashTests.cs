using Amazon.S3;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>
/// Kills a loaded server with SIGKILL at a random point, again and again, and looks for every write that it acknowledged.
/// </summary>
public sealed class CrashTests
{
    private const string Bucket = "crash-test";
    private const int Loaders = 4;
    private const int VersionedLoaders = 3;
    private const int MaxWritesARound = 120;

    /// <summary>S3TOOLKIT_CRASH_ROUNDS sets the number of kills: 3 by default, 50 in the long form.</summary>
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("S3TOOLKIT_CRASH_ROUNDS"), out int rounds) ? rounds : 3;

    [Test]
    public async Task KillUnderLoad_EveryAcknowledgedWrite_IsThereAfterTheRestart()
    {
        using TemporaryFolder data = new(onDisk: true);
        CrashLoad[] loaders =
        [
            .. Enumerable.Range(0, Loaders).Select(id => new CrashLoader(id, Bucket)),
            .. Enumerable.Range(0, VersionedLoaders).Select(id => new CrashVersions(id)),
        ];
        Random random = new(Rounds);
        await using (LocalServerProcess first = await LocalServerProcess.StartAsync(data.Path))
        {
            using AmazonS3Client client = first.CreateClient();
            foreach (CrashLoad loader in loaders) await loader.PrepareAsync(client);
        }

        for (int round = 1; round <= Rounds; round++)
        {
            int writes = random.Next(1, MaxWritesARound);
            await using (LocalServerProcess loaded = await LocalServerProcess.StartAsync(data.Path))
            {
                await LoadAndKillAsync(loaded, loaders, writes);
            }
            await using LocalServerProcess restarted = await LocalServerProcess.StartAsync(data.Path);
            using AmazonS3Client client = restarted.CreateClient();
            foreach (CrashLoad loader in loaders)
                Assert.That(await loader.VerifyAsync(client), Is.Empty, $"round {round}, killed after {writes} writes");
        }

        TestContext.Out.WriteLine($"{Rounds} kills, {loaders.Sum(loader => loader.Acknowledged)} acknowledged writes, none lost");
        Assert.That(loaders.Sum(loader => loader.Acknowledged), Is.Positive);
    }

    [Test]
    public async Task StartAsync_FolderOfARunningServer_EndsWithAClearMessage()
    {
        using TemporaryFolder data = new();
        await using LocalServerProcess first = await LocalServerProcess.StartAsync(data.Path);

        IOException refusal = (await Assert.ThrowsAsync<IOException>(() => LocalServerProcess.StartAsync(data.Path)))!;

        Assert.That(refusal.Message, Does.Contain("in use by another S3 server").And.Contain(data.Path));
        await first.KillAsync();
        await using LocalServerProcess next = await LocalServerProcess.StartAsync(data.Path);
        Assert.That(next.Endpoint, Does.StartWith("http://"), "a killed server holds nothing");
    }

    private static async Task LoadAndKillAsync(LocalServerProcess server, CrashLoad[] loaders, int writes)
    {
        using AmazonS3Client client = server.CreateClient();
        TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int done = 0;
        Task all = Task.WhenAll(loaders.Select(loader => loader.RunAsync(client, () =>
        {
            if (Interlocked.Increment(ref done) >= writes) enough.TrySetResult();
        })));
        await Task.WhenAny(enough.Task, all);
        await server.KillAsync();
        await all;
    }
}
