using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Readme;

/// <summary>The README's examples of streams.</summary>
[TestFixture]
public sealed class ReadmeStreamExamples
{
    private S3Server _server = null!;
    private ServiceProvider _provider = null!;
    private IObjectStore _photos = null!;
    private TextWriter _console = null!;
    private StringWriter _output = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _console = Console.Out;
        Console.SetOut(_output = new StringWriter());
        _server = await S3Server.StartAsync();
        var services = new ServiceCollection();
        services.AddS3Toolkit().UseEmbeddedServer(_server);
        _provider = services.BuildServiceProvider();
        var buckets = _provider.GetRequiredService<IBucketStore>();
        await buckets.CreateAsync("photos");
        _photos = buckets.Bucket("photos");
    }

    [TearDown]
    public async Task StopAsync()
    {
        Console.SetOut(_console);
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task OpenAndReadRanges_LargeObjects_AreReadInPart()
    {
        var photos = _photos;
        await photos.PutAsync("2026.zip", Zip("cat.jpg"));
        await photos.PutAsync("index.bin", Enumerable.Range(0, 100).Select(static value => (byte)value).ToArray());

        #region seek
        await using (Stream stream = await photos.OpenAsync("2026.zip"))               // it seeks; what is read on and on comes ahead
        using (var zip = new ZipArchive(stream))
            Console.WriteLine($"{zip.Entries.Count} files, the first is {zip.Entries[0].FullName}");

        using ObjectRanges parts = await photos.ReadRangesAsync("index.bin", [ObjectRange.Of(64, 4), ObjectRange.Of(0, 16)]);
        ReadOnlyMemory<byte> entry = parts[0];                                         // ranges near each other shared a request
        #endregion

        Assert.That(_output.ToString(), Does.Contain("1 files, the first is cat.jpg"));
        Assert.That(entry.ToArray(), Is.EqualTo(new byte[] { 64, 65, 66, 67 }));
        Assert.That(_server.Requests.Of("GetObject", "index.bin"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task OpenWrite_WithCommit_IsAnObject()
    {
        var photos = _photos;
        string[] names = ["cat.jpg", "dog.jpg"];

        #region write
        await using (ObjectWriter writer = await photos.OpenWriteAsync("names.csv"))   // goes up while it is written, in bounded memory
        {
            await using (var text = new StreamWriter(writer, leaveOpen: true))
            {
                foreach (string name in names) await text.WriteLineAsync(name);
            }

            ObjectInfo list = await writer.CommitAsync();                              // without this, nothing is left of it
        }
        #endregion

        Assert.That(await photos.ReadTextAsync("names.csv"), Is.EqualTo($"cat.jpg{Environment.NewLine}dog.jpg{Environment.NewLine}"));
    }

    [Test]
    public async Task MoveAndCopyTo_Objects_ArriveWithMetadata()
    {
        var photos = _photos;
        var backup = _photos;
        await photos.PutAsync("inbox/cat.jpg", new byte[] { 1 });

        #region move
        await photos.MoveAsync("inbox/cat.jpg", "2026/cat.jpg");                       // of several movers one wins, and nothing is lost
        await photos.CopyToAsync("2026/cat.jpg", backup, "photos/2026/cat.jpg");       // to another provider, in bounded memory
        #endregion

        Assert.That(
            await photos.ListObjectsAsync().Select(static found => found.Key).ToListAsync(),
            Is.EqualTo(new[] { "2026/cat.jpg", "photos/2026/cat.jpg" }));
    }

    [Test]
    public async Task ListAsync_InParallel_CountsAll()
    {
        var photos = _photos;
        foreach (var key in (string[])["logs/a", "logs/b", "other"]) await photos.PutAsync(key, new byte[] { 1 });

        #region parallel-list
        ListObjectsOptions all = new() { Prefix = "logs/", MaxConcurrency = 16 };      // millions of keys: cut into ranges, still in order
        long count = 0;
        await foreach (ObjectListing entry in photos.ListAsync(all)) count++;
        #endregion

        Assert.That(count, Is.EqualTo(2));
    }

    private static byte[] Zip(string name)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.WriteByte(1);
        }

        return stream.ToArray();
    }
}
