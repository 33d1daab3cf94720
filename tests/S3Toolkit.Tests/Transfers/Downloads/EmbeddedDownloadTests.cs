using S3Toolkit.Server;
using S3Toolkit.Tests.Pains;

namespace S3Toolkit.Tests.Transfers.Downloads;

/// <summary>Parallel ranges against the embedded server, whose answers and faults are those of a wire: parts of 5 MiB.</summary>
[TestFixture]
internal sealed class EmbeddedDownloadTests
{
    private const int PartSize = PainContent.PartSize;
    private const int Size = 3 * PartSize + 100_000;

    private static readonly byte[] Bytes = PainContent.Bytes(Size).ToArray();

    private EmbeddedPain _pain = null!;
    private PainFolder _folder = null!;

    [SetUp]
    public async Task SetUp()
    {
        // As towards AWS: checksums of whole objects are written, kept, and asked for.
        _pain = await EmbeddedPain.StartAsync(static options =>
            (options.Provider, options.AddressingStyle) = (S3ProviderProfiles.Aws, S3AddressingStyle.Always));
        _folder = new PainFolder();
        await _pain.Bucket.PutAsync("k", Bytes.AsMemory());
        _pain.ForgetRequests();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _pain.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task ToFile_LargeObject_ComesInRangesAndIsVerified()
    {
        var info = await DownloadAsync();

        AssertWhole();
        Assert.That(info.Verification, Is.EqualTo(ContentVerification.FullObject));
        Assert.That((_pain.Count("GetObject"), _pain.Count("HeadObject")), Is.EqualTo((4, 1)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100_001)]
    [TestCase(PartSize - 1)]
    public async Task ToFile_EachPartReset_GoesOnInsideIt(int afterBytes)
    {
        using var rule = _pain.Server.Faults.Add(
            new S3FaultRule { Operation = "GetObject", Fault = S3Fault.TruncateBody(afterBytes), MaxRequests = 3 });

        var info = await DownloadAsync();

        AssertWhole();
        Assert.That(info.Verification, Is.EqualTo(ContentVerification.FullObject));
        Assert.That(rule.StrikeCount, Is.EqualTo(3));
    }

    [TestCase(0)]
    [TestCase(2)]
    public void ToFile_FlippedByte_IsCorruptAndLeavesNoFile(int skip)
    {
        using var rule = _pain.Server.Faults.Add(
            new S3FaultRule { Operation = "GetObject", Fault = S3Fault.FlipByte(50_000), SkipRequests = skip, MaxRequests = 1 });

        Assert.That(DownloadAsync, Throws.TypeOf<ContentCorruptedException>());
        Assert.That(_folder.Names(), Is.Empty);
    }

    [Test]
    public async Task ToFile_StormOfErrors_IsRiddenOut()
    {
        using var broken = _pain.Server.Faults.Add(new S3FaultRule { Fault = S3Fault.InternalError(), EveryNth = 3, MaxRequests = 3 });
        using var slow = _pain.Server.Faults.Add(new S3FaultRule { Fault = S3Fault.SlowDown(), EveryNth = 4, MaxRequests = 2 });

        await DownloadAsync();

        AssertWhole();
        Assert.That((broken.StrikeCount, slow.StrikeCount), Is.EqualTo((3, 2)));
    }

    [Test]
    public async Task ToFile_OverwrittenMidway_IsAnErrorNotAMixture()
    {
        OverwriteAfterTheFirstAnswer();

        Assert.That(DownloadAsync, Throws.TypeOf<PreconditionFailedException>().With.Message.Contains("changed during the download"));
        Assert.That(_folder.Names(), Is.Empty);
        Assert.That((await _pain.Bucket.FindAsync("k"))!.SizeBytes, Is.EqualTo(10));
    }

    [Test]
    public async Task ToFile_OverwrittenMidwayInABucketWithVersions_IsTheVersionThatWasBegun()
    {
        await _pain.Buckets.SetVersioningAsync(EmbeddedPain.BucketName, BucketVersioningState.Enabled);
        await _pain.Bucket.PutAsync("k", Bytes.AsMemory());
        OverwriteAfterTheFirstAnswer();

        var info = await DownloadAsync();

        AssertWhole();
        Assert.That(info.Verification, Is.EqualTo(ContentVerification.FullObject));
        Assert.That(_pain.Wire!.Requests.Count(static request => request.HasQuery("versionId=")), Is.GreaterThan(0));
    }

    [Test]
    public async Task ToFile_Cancelled_LeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new CancelAt(cancel, PartSize);

        Assert.That(
            async () => await _pain.Bucket.Download("k").WithProgress(progress).ToFileAsync(_folder.PathOf("out"), cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_folder.Names(), Is.Empty);
        Assert.That(await _pain.Bucket.ExistsAsync("k"), Is.True);
    }

    [TestCase(1)]
    [TestCase(PartSize)]
    [TestCase(Size - 500_000)]
    public async Task ResumeFrom_EndedAnywhere_GoesOnAndLeavesOnlyTheFile(int bytes)
    {
        var download = _pain.Bucket.Download("k").ResumeFrom(_folder.PathOf("journal"));
        using var cancel = new CancellationTokenSource();
        Assert.That(
            async () => await download.WithProgress(new CancelAt(cancel, bytes)).ToFileAsync(_folder.PathOf("out"), cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_folder.Names(), Has.Count.EqualTo(2).And.Not.Contain("out"));

        var info = await download.ToFileAsync(_folder.PathOf("out"));

        AssertWhole();
        Assert.That(info.Verification, Is.EqualTo(ContentVerification.FullObject));
    }

    [Test]
    public async Task ToFile_OneAtATime_IsOneStream()
    {
        await using var services = _pain.Other(static options => options.Transfers.MaxConcurrency = 1);
        var store = (IBucketStore)services.GetService(typeof(IBucketStore))!;

        await store.Bucket(EmbeddedPain.BucketName).Download("k").ToFileAsync(_folder.PathOf("out"));

        AssertWhole();
        Assert.That((_pain.Count("GetObject"), _pain.Count("HeadObject")), Is.EqualTo((1, 0)));
    }

    private Task<ObjectInfo> DownloadAsync() => _pain.Bucket.Download("k").ToFileAsync(_folder.PathOf("out"));

    private void AssertWhole()
    {
        Assert.That(_folder.Names(), Is.EqualTo(["out"]));
        PainContent.AssertSame(File.ReadAllBytes(_folder.PathOf("out")), Bytes);
    }

    private void OverwriteAfterTheFirstAnswer()
    {
        var isDone = false;
        _pain.Wire!.AfterAnswer = _ =>
        {
            if (isDone) return;
            isDone = true;
            _pain.Bucket.PutAsync("k", PainContent.OtherBytes(10)).GetAwaiter().GetResult();
        };
    }
}
