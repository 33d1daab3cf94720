using S3Toolkit.Checksums;
using S3Toolkit.Transfers.Downloads;

namespace S3Toolkit.Tests.Transfers.Downloads;

/// <summary>Downloads to a file from the fake server, in parts of 1,000 bytes, and what must hold after each.</summary>
internal sealed class DownloadBench : IDisposable
{
    public const int PartSize = 1000;
    public const int SizeBytes = 7300;
    public const int PartCount = 8;

    public static readonly byte[] Bytes = TransferBench.Bytes(SizeBytes);

    public DownloadBench(long budgetBytes = 16L * 1024 * 1024)
    {
        Bench = new TransferBench(budgetBytes);
        Bench.Transport.VersionId = null;
        Bench.Transport.Add("key", Bytes);
        // As on AWS: a range carries no checksum of the object.
        Bench.Transport.Facts = static info => info with { Checksum = null };
    }

    public TransferBench Bench { get; }

    public FakeTransport Transport => Bench.Transport;

    public TemporaryFolder Folder { get; } = new();

    public string Path => Folder.File("out.bin");

    public string Journal => Folder.File("journal");

    public int MaxConcurrency { get; set; } = 4;

    public IEnumerable<FakeCall> Gets => Transport.Calls.Where(static call => call.Operation == "GetObject");

    public static ObjectChecksum Checksum(ChecksumFunction function, byte[]? bytes = null) =>
        new(function, IncrementalChecksum.ComputeBase64(function, bytes ?? Bytes));

    public Task<ObjectInfo> RunAsync(
        GetObjectOptions? options = null,
        bool hasJournal = false,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var transfers = new TransferOptions { PartSizeBytes = PartSize, MaxConcurrency = MaxConcurrency };
        var downloader = new FileDownloader(Bench.Caller, transfers, Bench.Profile, Bench.Budget, Bench.Pool);
        var request = new FileDownloadRequest(
            "bucket", "key", options ?? new GetObjectOptions(), Path, progress, hasJournal ? Journal : null);
        return downloader.RunAsync(request, cancellationToken);
    }

    public string[] Names() => [.. Directory.GetFiles(Folder.Path).Select(static path => System.IO.Path.GetFileName(path)).Order()];

    public void AssertWhole(byte[]? expected = null)
    {
        Assert.That(Names(), Is.EqualTo(["out.bin"]));
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(expected ?? Bytes));
        AssertNothingHeld();
    }

    public void AssertNothing()
    {
        Assert.That(Names(), Is.Empty);
        AssertNothingHeld();
    }

    public void AssertNothingHeld()
    {
        Bench.AssertNothingHeld();
        Assert.That(Transport.OpenBodies, Is.Zero, "open bodies");
    }

    public void Dispose() => Folder.Dispose();
}
