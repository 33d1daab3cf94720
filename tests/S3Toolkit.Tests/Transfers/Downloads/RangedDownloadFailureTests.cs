using System.Collections.Concurrent;
using CsCheck;
using S3Toolkit.Transport;
using static S3Toolkit.Tests.Transfers.Downloads.DownloadBench;

namespace S3Toolkit.Tests.Transfers.Downloads;

[TestFixture]
internal sealed class RangedDownloadFailureTests
{
    private DownloadBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new DownloadBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task RunAsync_BodiesThatBreakAnywhere_GoOnInsideThePart() =>
        await Gen.Select(Gen.Int[0, PartSize - 1].Array[PartCount], Gen.Int[0, 1], Gen.Int[1, 5]).SampleAsync(
            async (breaks, how, slots) =>
            {
                using var bench = new DownloadBench { MaxConcurrency = Math.Max(2, slots) };
                bench.Transport.Describe("key", Checksum(ChecksumFunction.Crc64Nvme));
                var broken = new ConcurrentDictionary<long, bool>();
                bench.Transport.Body = (call, bytes) =>
                {
                    var index = call.Range!.Value.FirstByte!.Value / PartSize;
                    return broken.TryAdd(index, true)
                        ? new BrokenBody(bytes, Math.Min(breaks[index], bytes.Length - 1), how == 0 ? new IOException("reset") : null)
                        : new MemoryStream(bytes);
                };

                var info = await bench.RunAsync();

                bench.AssertWhole();
                // Each part twice: the second time from the last good byte on.
                var asked = bench.Gets.Sum(static call => call.Range!.Value.LastByte - call.Range!.Value.FirstByte + 1);
                var again = breaks.Select(static (at, index) => PartLength(index) - Math.Min(at, PartLength(index) - 1)).Sum();
                return (info.Verification, bench.Gets.Count(), asked)
                    == (ContentVerification.FullObject, 2 * PartCount, SizeBytes + again);
            },
            iter: 50,
            threads: 1);

    [Test]
    public async Task RunAsync_BodyThatStalls_IsTakenUpElsewhere()
    {
        BrokenBody? hanging = null;
        _bench.Transport.Body = (call, bytes) => call.Range!.Value.FirstByte == 3 * PartSize
            ? hanging = new BrokenBody(bytes, 500, hangs: true)
            : new MemoryStream(bytes);
        var run = _bench.RunAsync();
        while (!run.IsCompleted)
        {
            // No step is as long as the time-out, which the last of them still reaches.
            if (hanging?.Hanging.Task.IsCompleted == true) _bench.Bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await run;
        _bench.AssertWhole();
        // Other parts may still be asked for after it.
        Assert.That(_bench.Gets.Select(static get => get.Range), Has.One.EqualTo(ObjectRange.Of(3 * PartSize + 500, 500)));
    }

    [Test]
    public async Task RunAsync_StormOfErrors_IsRiddenOut()
    {
        _bench.Transport.Describe("key", Checksum(ChecksumFunction.Crc64Nvme));
        _bench.Transport.Before = static (call, _) => Task.FromResult(call.Attempt switch
        {
            1 => FakeTransport.Slow,
            2 => FakeTransport.Broken,
            3 => FakeTransport.Reset,
            _ => null,
        });

        Assert.That((await _bench.RunAsync()).Verification, Is.EqualTo(ContentVerification.FullObject));
        _bench.AssertWhole();
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(4 * (PartCount + 1)));
    }

    [Test]
    public void RunAsync_OnePartDenied_EndsAllAndLeavesTheOldFile([Values(1, 4, 7)] int part)
    {
        File.WriteAllText(_bench.Path, "old");
        _bench.Transport.Before = (call, _) => Task.FromResult(
            call.Range?.FirstByte == part * PartSize ? FakeTransport.Denied : null);

        Assert.That(async () => await _bench.RunAsync(), Throws.TypeOf<S3AccessDeniedException>());

        Assert.That(_bench.Names(), Is.EqualTo(["out.bin"]));
        Assert.That(File.ReadAllText(_bench.Path), Is.EqualTo("old"));
        _bench.AssertNothingHeld();
    }

    [Test]
    public void RunAsync_ObjectOverwrittenMidway_IsAnErrorNotAMixture([Values(1, 4, 7)] int part)
    {
        _bench.Transport.Before = (call, _) =>
        {
            if (call.Range?.FirstByte == part * PartSize) _bench.Transport.Add("key", TransferBench.Bytes(SizeBytes, seed: 99));
            return Task.FromResult<S3Error?>(null);
        };

        Assert.That(
            async () => await _bench.RunAsync(),
            Throws.TypeOf<PreconditionFailedException>().With.Message.Contains("changed during the download"));
        _bench.AssertNothing();
    }

    [Test]
    public void RunAsync_CancelledAtAnyPart_LeavesNothing([Range(1, PartCount - 1)] int parts)
    {
        using var cancel = new CancellationTokenSource();
        var progress = new CancelAt(cancel, parts * PartSize);

        Assert.That(
            async () => await _bench.RunAsync(progress: progress, cancellationToken: cancel.Token),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancel.Token));
        _bench.AssertNothing();
    }

    [Test]
    public async Task RunAsync_Progress_GrowsToTheWhole()
    {
        var progress = new ListedProgress();

        await _bench.RunAsync(progress: progress);

        Assert.That(progress.Reports.Select(static report => report.TransferredBytes), Is.Ordered);
        Assert.That(progress.Reports.Last(), Is.EqualTo(new TransferProgress(SizeBytes, SizeBytes)));
    }

    private static int PartLength(int index) => Math.Min(PartSize, SizeBytes - index * PartSize);
}
