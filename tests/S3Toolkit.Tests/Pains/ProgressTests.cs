using System.Collections.Concurrent;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pain 25: progress is what the other side acknowledged, and never falls.</summary>
[TestFixture]
internal sealed class ProgressTests
{
    private const int Size = (3 * PainContent.PartSize) + 5;

    [Test]
    public async Task Upload_UnderRetries_CountsEachByteOnceAndNeverFalls([Values] bool knownLength)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        // Three strikes at most: parts go up at once, and were there more, one part could take all four and use up its attempts.
        using var rule = pain.Server.Faults.Add(
            new S3FaultRule { Operation = "UploadPart", Fault = S3Fault.ResetBeforeRead(), EveryNth = 2, MaxRequests = 3 });
        var progress = new Recorder();
        ObjectContent content = knownLength ? PainContent.Bytes(Size) : ObjectContent.FromStream(new SourceStream(PainContent.Bytes(Size)));

        await pain.Bucket.Upload("k").WithProgress(progress).FromContentAsync(content);

        Assert.That(rule.StrikeCount, Is.GreaterThan(1));
        Assert.That(progress.Bytes, Is.Ordered);
        Assert.That(progress.Bytes, Has.Count.GreaterThanOrEqualTo(4), "a report for each part");
        Assert.That(progress.Bytes[^1], Is.EqualTo(Size));
        Assert.That(progress.Bytes, Is.All.LessThanOrEqualTo(Size));
    }

    [Test]
    public async Task Upload_ThatTheServerNeverTook_ReportsNothing()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Server.Faults.Add(new S3FaultRule { Fault = S3Fault.Error(400, "InvalidRequest") });
        var progress = new Recorder();

        Assert.That(
            async () => await pain.Bucket.Upload("k").WithProgress(progress).FromMemoryAsync(PainContent.Bytes(1000)),
            Throws.TypeOf<S3ToolkitException>());

        Assert.That(progress.Bytes.Where(bytes => bytes > 0), Is.Empty);
    }

    [Test]
    public async Task Download_UnderBreaks_CountsEachByteOnceAndNeverFalls()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(1_000_000));
        using var rule = pain.Strike("GetObject", S3Fault.TruncateBody(400_000));
        var progress = new Recorder();

        await pain.Bucket.Download("k").WithProgress(progress).ToStreamAsync(Stream.Null);

        Assert.That(progress.Bytes, Is.Ordered);
        Assert.That(progress.Bytes[^1], Is.EqualTo(1_000_000));
        Assert.That(progress.Last.Fraction, Is.EqualTo(1));
    }

    private sealed class Recorder : IProgress<TransferProgress>
    {
        private readonly ConcurrentQueue<TransferProgress> _reports = new();

        public IReadOnlyList<long> Bytes => [.. _reports.Select(report => report.TransferredBytes)];

        public TransferProgress Last => _reports.Last();

        public void Report(TransferProgress value) => _reports.Enqueue(value);
    }
}
