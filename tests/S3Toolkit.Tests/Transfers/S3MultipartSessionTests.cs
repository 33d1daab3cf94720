using S3Toolkit.Transfers;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class S3MultipartSessionTests
{
    private TransferBench _bench = null!;
    private TemporaryFolder _folder = null!;
    private MultipartSession _session = null!;

    [SetUp]
    public async Task SetUp()
    {
        (_bench, _folder) = (new TransferBench(budgetBytes: 1024 * 1024), new TemporaryFolder());
        _session = await StartAsync(new StartMultipartOptions());
    }

    [TearDown]
    public async Task TearDown()
    {
        await _session.AbortAsync();
        _folder.Dispose();
        _bench.AssertNothingHeld();
    }

    [Test]
    public async Task CompleteAsync_PartsOfEachKindInAnyOrder_MakesTheObjectInPartOrder()
    {
        var kinds = Enum.GetValues<ContentKind>();
        foreach (var kind in kinds.Reverse())
            await _session.UploadPartAsync((int)kind + 1, ContentKinds.Of(kind, [(byte)kind, 9], _folder.Path));

        var info = await _session.CompleteAsync();

        Assert.That(_bench.Transport.Objects["key"].Bytes, Is.EqualTo(kinds.SelectMany(static kind => new[] { (byte)kind, (byte)9 })));
        Assert.That((info.SizeBytes, info.PartCount), Is.EqualTo((2L * kinds.Length, (int?)kinds.Length)));
    }

    [Test]
    public async Task UploadPartAsync_Again_ReplacesThePart()
    {
        await _session.UploadPartAsync(1, new byte[] { 1 });
        await _session.UploadPartAsync(1, new byte[] { 2, 3 });

        await _session.CompleteAsync();

        Assert.That(_bench.Transport.Objects["key"].Bytes, Is.EqualTo(new byte[] { 2, 3 }));
    }

    [TestCase(0)]
    [TestCase(10_001)]
    public void UploadPartAsync_NumberOutOfRange_IsRefused(int number)
    {
        Assert.That(async () => await _session.UploadPartAsync(number, new byte[1]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            async () => await _session.CopyPartAsync(number, new ObjectAddress("bucket", "key")),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task UploadPartAsync_UnseekableStreamAndAFault_IsSentAgain()
    {
        var bytes = TransferBench.Bytes(200_000);
        _bench.Transport.Before = (call, _) =>
            Task.FromResult(call is { Operation: "UploadPart", Attempt: 1 } ? FakeTransport.Reset : null);

        await _session.UploadPartAsync(1, ContentKinds.Of(ContentKind.Unseekable, bytes, _folder.Path, [999]));
        await _session.CompleteAsync();

        Assert.That(_bench.Transport.Objects["key"].Bytes, Is.EqualTo(bytes));
    }

    [Test]
    public void UploadPartAsync_StreamAboveTheBudget_SaysWhatToDo([Values] bool canSeek)
    {
        var stream = new ScriptedStream(new byte[(1024 * 1024) + 1], canSeek: canSeek);

        Assert.That(
            async () => await _session.UploadPartAsync(1, ObjectContent.FromStream(stream)),
            Throws.ArgumentException.With.Message.Contains("MaxBufferBytes"));
        Assert.That(_bench.Transport.Count("UploadPart"), Is.Zero);
    }

    [Test]
    public async Task UploadPartAsync_StreamAsLargeAsTheBudget_IsTaken([Values] bool canSeek)
    {
        var bytes = TransferBench.Bytes(canSeek ? 1024 * 1024 : 256 * 1024);

        var part = await _session.UploadPartAsync(
            1, ContentKinds.Of(canSeek ? ContentKind.Seekable : ContentKind.Unseekable, bytes, _folder.Path));

        Assert.That(part.SizeBytes, Is.EqualTo(bytes.Length));
    }

    [Test]
    public void CompleteAsync_NoParts_SaysSo()
    {
        Assert.That(async () => await _session.CompleteAsync(), Throws.InvalidOperationException.With.Message.Contains("s3://bucket/key"));
        Assert.That(async () => await _session.CompleteAsync([]), Throws.InvalidOperationException);
    }

    [Test]
    public async Task CompleteAsync_PartGivenTwice_SaysSo()
    {
        var part = await _session.UploadPartAsync(3, new byte[1]);

        Assert.That(async () => await _session.CompleteAsync([part, part]), Throws.ArgumentException.With.Message.Contains("Part 3"));
    }

    [Test]
    public async Task CompleteAsync_ResumedWithListedParts_MakesTheObject()
    {
        for (var number = 1; number <= 5; number++) await _session.UploadPartAsync(number, new byte[] { (byte)number });
        var resumed = new S3MultipartSession(
            _bench.Caller, new MultipartAddress("bucket", "key", _session.UploadId), options: null, _bench.Budget, _bench.Pool,
            isResumed: true);
        var parts = new List<UploadedPart>();
        await foreach (var part in resumed.ListPartsAsync()) parts.Add(part);
        parts.Reverse();

        await resumed.CompleteAsync(parts);

        Assert.That(_bench.Transport.Count("ListParts"), Is.EqualTo(3), "two parts a page");
        Assert.That(_bench.Transport.Objects["key"].Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4, 5 }));
    }

    [Test]
    public async Task CompleteAsync_LostAnswer_IsASuccess()
    {
        await _session.UploadPartAsync(1, new byte[] { 1, 2, 3 });
        _bench.Transport.After = call => call is { Operation: "CompleteMultipartUpload", Attempt: 1 } ? FakeTransport.Reset : null;

        Assert.That((await _session.CompleteAsync()).SizeBytes, Is.EqualTo(3));
    }

    [Test]
    public async Task CopyPartAsync_Range_KnowsItsSize()
    {
        _bench.Transport.Add("source", TransferBench.Bytes(1000));
        var source = new ObjectAddress("bucket", "source");

        var some = await _session.CopyPartAsync(1, source, ObjectRange.Of(10, 20));
        var rest = await _session.CopyPartAsync(2, source, ObjectRange.From(990));
        var all = await _session.CopyPartAsync(3, source);
        await _session.CompleteAsync();

        Assert.That((some.SizeBytes, rest.SizeBytes, all.SizeBytes), Is.EqualTo((20L, 10L, 1000L)));
        var bytes = TransferBench.Bytes(1000);
        Assert.That(_bench.Transport.Objects["key"].Bytes, Is.EqualTo((byte[])[.. bytes[10..30], .. bytes[990..], .. bytes]));
    }

    [Test]
    public void CopyPartAsync_ImpossibleRange_IsRefused()
    {
        _bench.Transport.Add("source", new byte[10]);
        var source = new ObjectAddress("bucket", "source");

        Assert.That(async () => await _session.CopyPartAsync(1, source, ObjectRange.Last(5)), Throws.ArgumentException);
        Assert.That(
            async () => await _session.CopyPartAsync(1, source, ObjectRange.From(10)), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task AbortAsync_Twice_IsFine()
    {
        await _session.AbortAsync();
        await _session.AbortAsync();

        Assert.That(_bench.Transport.Count("AbortMultipartUpload"), Is.EqualTo(2));
        Assert.That(async () => await _session.UploadPartAsync(1, new byte[1]),
            Throws.InstanceOf<S3ToolkitException>().With.Property("ErrorCode").EqualTo(S3ErrorCode.NoSuchUpload));
    }

    private async Task<MultipartSession> StartAsync(StartMultipartOptions options)
    {
        var created = await _bench.Caller.CallAsync(
            new S3Call("CreateMultipartUpload", "bucket", "key"),
            (wire, attempt) => wire.Transport.CreateMultipartAsync("bucket", "key", options, attempt),
            default);
        return new S3MultipartSession(
            _bench.Caller, new MultipartAddress("bucket", "key", created.Value), options, _bench.Budget, _bench.Pool);
    }
}
