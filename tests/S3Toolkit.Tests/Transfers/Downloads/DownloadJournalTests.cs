using S3Toolkit.Checksums;
using S3Toolkit.Transfers.Downloads;
using static S3Toolkit.Tests.Transfers.Downloads.DownloadBench;

namespace S3Toolkit.Tests.Transfers.Downloads;

/// <summary>
/// What a run leaves behind when it ends early is what a kill leaves: writes are not buffered in the process, and nothing is tidied up.
/// </summary>
[TestFixture]
internal sealed class DownloadJournalTests
{
    private DownloadBench _bench = null!;

    [SetUp]
    public void SetUp()
    {
        _bench = new DownloadBench();
        _bench.Transport.Describe("key", Checksum(ChecksumFunction.Crc32C));
    }

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task RunAsync_Undisturbed_LeavesTheFileAlone()
    {
        var info = await _bench.RunAsync(hasJournal: true);

        _bench.AssertWhole();
        Assert.That(info.Verification, Is.EqualTo(ContentVerification.FullObject));
    }

    [Test]
    public async Task RunAsync_EndedAtAnyPart_GoesOnFromThere(
        [Range(0, PartCount - 1)] int parts,
        [Values(null, ChecksumFunction.Crc32C, ChecksumFunction.Sha256)] ChecksumFunction? function,
        [Values(1, 3)] int slots)
    {
        if (function is { } known) _bench.Transport.Describe("key", Checksum(known));
        _bench.MaxConcurrency = slots;
        await StopAfterAsync(parts);
        _bench.Transport.Calls.Clear();

        var progress = new ListedProgress();
        var info = await _bench.RunAsync(hasJournal: true, progress: progress);

        _bench.AssertWhole();
        Assert.That(info.Verification, Is.Not.EqualTo(ContentVerification.LengthOnly));
        // At most the parts in flight are lost.
        Assert.That(_bench.Gets.Count(), Is.InRange(1, PartCount - Math.Max(0, parts - slots)));
        Assert.That(progress.Reports.Last(), Is.EqualTo(new TransferProgress(SizeBytes, SizeBytes)));
    }

    [Test]
    public async Task RunAsync_JournalTornAnywhere_GoesOnWithWhatIsWhole()
    {
        await StopAfterAsync(5);
        var journal = await File.ReadAllBytesAsync(_bench.Journal);
        var name = _bench.Names().Single(IsTemporary);
        var content = await File.ReadAllBytesAsync(_bench.Folder.File(name));
        for (var length = 0; length <= journal.Length; length++)
        {
            await File.WriteAllBytesAsync(_bench.Journal, journal[..length]);
            await File.WriteAllBytesAsync(_bench.Folder.File(name), content);
            File.Delete(_bench.Path);
            _bench.Transport.Calls.Clear();
            var (header, parts, _) = JournalFormat.Read(journal.AsSpan(0, length));

            await _bench.RunAsync(hasJournal: true);

            // Without a header nobody knows whose file it is.
            if (header is null) File.Delete(_bench.Folder.File(name));
            _bench.AssertWhole();
            Assert.That(_bench.Gets.Count(), Is.EqualTo(PartCount - parts.Count), $"journal of {length} bytes");
        }
    }

    [Test]
    public async Task RunAsync_TornJournal_IsWrittenOnBehindWhatIsWhole()
    {
        _bench.MaxConcurrency = 1;
        await StopAfterAsync(3);
        await using (var journal = new FileStream(_bench.Journal, FileMode.Append)) journal.Write([1, 2, 3]);
        await StopAfterAsync(2);
        _bench.Transport.Calls.Clear();

        await _bench.RunAsync(hasJournal: true);

        _bench.AssertWhole();
        Assert.That(_bench.Gets.Count(), Is.EqualTo(PartCount - 3 - 2));
    }

    [Test]
    public async Task RunAsync_PartDamagedOnDisk_IsFetchedAgain()
    {
        await StopAfterAsync(5);
        var file = _bench.Folder.File(_bench.Names().Single(IsTemporary));
        var content = await File.ReadAllBytesAsync(file);
        content[1500] ^= 1;
        await File.WriteAllBytesAsync(file, content);
        _bench.Transport.Calls.Clear();

        await _bench.RunAsync(hasJournal: true);

        _bench.AssertWhole();
        Assert.That(_bench.Gets.Select(static call => call.Range), Does.Contain(ObjectRange.Of(1000, 1000)));
    }

    [Test]
    public async Task RunAsync_FileOfThePartsIsGone_StartsAfresh()
    {
        await StopAfterAsync(5);
        File.Delete(_bench.Folder.File(_bench.Names().Single(IsTemporary)));

        await _bench.RunAsync(hasJournal: true);

        _bench.AssertWhole();
        Assert.That(_bench.Bench.Log, Has.Some.Contains("starts afresh").And.Some.Contains("is gone"));
    }

    [Test]
    public async Task RunAsync_ObjectChangedSince_StartsAfreshAndSaysSo([Values(1, SizeBytes)] int size)
    {
        await StopAfterAsync(5);
        var other = TransferBench.Bytes(size, seed: 99);
        _bench.Transport.Add("key", other);

        await _bench.RunAsync(hasJournal: true);

        _bench.AssertWhole(other);
        Assert.That(_bench.Bench.Log, Has.Some.Contains("starts afresh in spite of its journal: the object changed since"));
    }

    [Test]
    public async Task RunAsync_ObjectDeletedSince_SaysSoAndKeepsTheParts()
    {
        await StopAfterAsync(5);
        var names = _bench.Names();
        _bench.Transport.Objects.Clear();

        Assert.That(async () => await _bench.RunAsync(hasJournal: true), Throws.TypeOf<ObjectNotFoundException>());
        Assert.That(_bench.Names(), Is.EqualTo(names));
        _bench.AssertNothingHeld();
    }

    // The last instant: the file has its name, and the journal is still there.
    [Test]
    public async Task RunAsync_KilledAfterTheRename_FetchesNothing()
    {
        var etag = _bench.Transport.Objects["key"].Info.ETag!.Value.Value;
        var plan = new DownloadPlan(0, SizeBytes, PartSize, PartSize, CoversObject: true);
        var header = new JournalHeader("bucket", "key", "", _bench.Path, ".gone.s3part", etag, "", SizeBytes, plan);
        var parts = Enumerable.Range(0, PartCount).SelectMany(index =>
        {
            var (offset, length) = plan.Part(index);
            using var checksum = new Crc32CChecksum();
            checksum.Append(Bytes.AsSpan((int)offset, (int)length));
            return JournalFormat.Part(index, new PartValue(ChecksumFunction.Crc32C, PartHash.Crc(checksum)));
        });
        await File.WriteAllBytesAsync(_bench.Journal, [.. JournalFormat.Begin(header), .. parts]);
        await File.WriteAllBytesAsync(_bench.Path, Bytes);

        await _bench.RunAsync(hasJournal: true);

        _bench.AssertWhole();
        Assert.That(_bench.Gets, Is.Empty);
    }

    [Test]
    public void RunAsync_CorruptContent_LeavesNothingToGoOnWith()
    {
        _bench.Transport.Describe("key", Checksum(ChecksumFunction.Crc32C, [1]));

        Assert.That(async () => await _bench.RunAsync(hasJournal: true), Throws.TypeOf<ContentCorruptedException>());
        _bench.AssertNothing();
    }

    [Test]
    public async Task RunAsync_JournalOfAnotherDownload_IsRefused()
    {
        await StopAfterAsync(5);

        Assert.That(
            async () => await _bench.RunAsync(new GetObjectOptions { Range = ObjectRange.Of(0, 3000) }, hasJournal: true),
            Throws.ArgumentException.With.Message.Contains("is of another download"));
    }

    [Test]
    public async Task RunAsync_FileThatIsNoJournal_IsLeftAsItIs()
    {
        await File.WriteAllTextAsync(_bench.Journal, "my thesis");

        Assert.That(async () => await _bench.RunAsync(hasJournal: true), Throws.InstanceOf<IOException>().With.Message.Contains("journal"));
        Assert.That(await File.ReadAllTextAsync(_bench.Journal), Is.EqualTo("my thesis"));
    }

    [Test]
    public void RunAsync_JournalInUse_IsRefused()
    {
        using var other = DownloadJournal.Open(_bench.Journal);

        Assert.That(async () => await _bench.RunAsync(hasJournal: true), Throws.InstanceOf<IOException>().With.Message.Contains("journal"));
        Assert.That(_bench.Transport.Calls, Is.Empty);
    }

    private static bool IsTemporary(string name) => name.EndsWith(".s3part", StringComparison.Ordinal);

    /// <summary>Ends a run once so many parts were written down: the next one does not come, and then all is cancelled.</summary>
    private async Task StopAfterAsync(int parts)
    {
        using var cancel = new CancellationTokenSource();
        var begun = 0;
        _bench.Transport.Before = async (call, token) =>
        {
            // The first request is the one that all else begins with.
            if (call.Operation != "GetObject" || Interlocked.Increment(ref begun) <= Math.Max(parts, 1)) return null;
            await cancel.CancelAsync();
            token.ThrowIfCancellationRequested();
            return FakeTransport.Reset;
        };
        if (parts == 0) _bench.Transport.Body = (_, bytes) => new BrokenBody(bytes, 10, new InvalidDataException("killed"));
        Assert.That(async () => await _bench.RunAsync(hasJournal: true, cancellationToken: cancel.Token), Throws.Exception);
        (_bench.Transport.Before, _bench.Transport.Body) = (null, null);
        Assert.That(_bench.Names(), Has.Length.EqualTo(2), "the journal and the parts");
        _bench.AssertNothingHeld();
    }
}
