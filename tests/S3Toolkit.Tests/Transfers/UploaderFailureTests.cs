using S3Toolkit.Transfers;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transfers;

/// <summary>Cancellation, lost answers, files that change.</summary>
[TestFixture]
internal sealed class UploaderFailureTests
{
    private const int Part = TransferBench.PartSize;

    private TransferBench _bench = null!;
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => (_bench, _folder) = (new TransferBench(), new TemporaryFolder());

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task PutAsync_StreamsThatNeverDeliver_DoNotKeepMemoryFromOthers(
        [Values(0, PartBuffer.ProbeSizeBytes, 2 * Part)] int delivered)
    {
        using var cancel = new CancellationTokenSource();
        var bench = new TransferBench(budgetBytes: 1024 * 1024);
        var streams = Enumerable.Range(0, 40).Select(_ => new StalledStream(delivered)).ToList();
        var stalled = streams.Select(
            (stream, index) => bench.PutAsync($"slow-{index}", ObjectContent.FromStream(stream), cancellationToken: cancel.Token))
            .ToList();
        await Task.WhenAll(streams.Select(static stream => stream.Stalled.Task)).WaitAsync(TimeSpan.FromSeconds(20));

        await bench.PutAsync(ObjectContent.FromStream(new ScriptedStream(TransferBench.Bytes(5 * Part))))
            .WaitAsync(TimeSpan.FromSeconds(20));

        await cancel.CancelAsync();
        Assert.That(async () => await Task.WhenAll(stalled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(bench.Transport.Objects.Keys, Is.EqualTo(["key"]));
        bench.AssertNothingHeld();
    }

    [Test]
    [Platform("Linux")]
    public void Slice_FileCannotBeRead_NamesItAndIsNoFailureOfTheConnection()
    {
        // Its length is 0, it opens, and reading its first byte is an error of the file, EIO.
        using var file = FileSource.Open(new FileContent("/proc/self/mem"), "bucket", "key");
        var upload = new Upload(_bench.Caller, "bucket", "key", new PutObjectOptions(), maxConcurrency: 1);

        Assert.That(async () => await upload.PutAsync(file.Slice(0, 10), default), Throws.TypeOf<S3ToolkitException>()
            .With.Property("ErrorCode").EqualTo(S3ErrorCode.SourceUnreadable)
            .And.Property("IsTransient").False.And.Message.Contains("/proc/self/mem"));
        Assert.That(_bench.Transport.Count("PutObject"), Is.EqualTo(1));
    }

    [Test]
    public void PutAsync_ConflictWithAnotherWrite_IsRetriedForOneRequestAndEndsAnUploadInParts([Values] bool inParts)
    {
        var conflict = new S3Error(S3ErrorCode.ConditionalRequestConflict, "conflict") { StatusCode = System.Net.HttpStatusCode.Conflict };
        _bench.Transport.Before = (call, _) =>
            Task.FromResult(call.Operation is "PutObject" or "CompleteMultipartUpload" ? conflict : null);

        Assert.That(
            async () => await _bench.PutAsync(TransferBench.Bytes(inParts ? 4 * Part : 10), new PutObjectOptions { OnlyIfAbsent = true }),
            Throws.TypeOf<S3ToolkitException>().With.Property("IsTransient").True.And.Message.Contains("repeat the upload"));
        Assert.That(
            _bench.Transport.Count("PutObject") + _bench.Transport.Count("CompleteMultipartUpload"),
            Is.EqualTo(inParts ? 1 : _bench.Resilience.MaxAttempts));
        Assert.That(_bench.Transport.Uploads, Is.Empty);
    }

    [Test]
    public async Task PutAsync_CancelledAtAnyStage_ThrowsTheCallersTokenAndCleansUp(
        [Values("PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "read")] string stage,
        [Values] ContentKind kind)
    {
        using var source = new CancellationTokenSource();
        var bytes = TransferBench.Bytes(stage == "PutObject" ? 10 : 6 * Part);
        _bench.Transport.Before = async (call, token) =>
        {
            if (call.Operation == stage)
            {
                await source.CancelAsync();
                // Past the time that the answer to a start of an upload is given, so that its id is known and can be aborted.
                _bench.Time.Advance(TimeSpan.FromSeconds(6));
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }

            return null;
        };
        var content = stage == "read"
            ? ObjectContent.FromStream(new ScriptedStream(
                bytes, canSeek: kind == ContentKind.Seekable) { BeforeRead = at => { if (at > 3 * Part) source.Cancel(); } })
            : ContentKinds.Of(kind, bytes, _folder.Path);

        var error = await Assert.CatchAsync<OperationCanceledException>(
            async () => await _bench.PutAsync(content, cancellationToken: source.Token));

        Assert.That(error!.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(_bench.Transport.Objects, Is.Empty);
        _bench.AssertNothingHeld();
    }

    [Test]
    public void PutAsync_OnePartFails_StopsTheOthersFirst([Values] ContentKind kind)
    {
        var hanging = 0;
        var othersHang = new TaskCompletionSource();
        _bench.Transport.Before = async (call, token) =>
        {
            if (call is not { Operation: "UploadPart" }) return null;
            if (call.PartNumber == 1)
            {
                await othersHang.Task;
                return FakeTransport.Denied;
            }

            if (Interlocked.Increment(ref hanging) == 3) othersHang.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return null;
        };
        var put = _bench.PutAsync(ContentKinds.Of(kind, TransferBench.Bytes(9 * Part), _folder.Path));

        Assert.That(async () => await put.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<S3AccessDeniedException>());
        Assert.That(_bench.Transport.Calls.Last().Operation, Is.EqualTo("AbortMultipartUpload"));
        _bench.AssertNothingHeld();
    }

    [Test]
    public void PutAsync_AbortFailsToo_LogsItAndThrowsTheFirstError()
    {
        _bench.Transport.Before = (call, _) => Task.FromResult(call.Operation switch
        {
            "CompleteMultipartUpload" => FakeTransport.Denied,
            "AbortMultipartUpload" => FakeTransport.Reset,
            _ => null,
        });

        Assert.That(async () => await _bench.PutAsync(TransferBench.Bytes(3 * Part)),
            Throws.InstanceOf<S3AccessDeniedException>().With.Property("Operation").EqualTo("CompleteMultipartUpload"));
        Assert.That(_bench.Log, Has.Some.Contains("upload-1 of s3://bucket/key could not be aborted"));
    }

    [Test]
    public async Task PutAsync_AbortHangs_IsGivenUpAfter15Seconds()
    {
        var aborting = new TaskCompletionSource();
        _bench.Transport.Before = async (call, token) =>
        {
            if (call.Operation == "UploadPart") return FakeTransport.Denied;
            if (call.Operation != "AbortMultipartUpload") return null;
            aborting.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return null;
        };
        var put = _bench.PutAsync(TransferBench.Bytes(3 * Part));
        await aborting.Task.WaitAsync(TimeSpan.FromSeconds(10));

        _bench.Time.Advance(TimeSpan.FromSeconds(14));
        Assert.That(put.IsCompleted, Is.False);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(async () => await put.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<S3AccessDeniedException>());
        Assert.That(_bench.Log, Has.Some.Contains("could not be aborted"));
    }

    [Test]
    public async Task PutAsync_AnswerOfCompletionIsLost_IsFoundOutToHaveSucceeded([Values] bool opaqueETags, [Values] bool conditional)
    {
        _bench.Transport.OpaqueETags = opaqueETags;
        _bench.Transport.EncryptionName = opaqueETags ? "aws:kms" : null;
        _bench.Transport.After = call => call is { Operation: "CompleteMultipartUpload", Attempt: 1 } ? FakeTransport.Reset : null;
        var bytes = TransferBench.Bytes(5 * Part);

        var info = await _bench.PutAsync(bytes, new PutObjectOptions { OnlyIfAbsent = conditional });

        Assert.That(_bench.Transport.Objects["key"].Bytes, Is.EqualTo(bytes));
        Assert.That((info.SizeBytes, info.ETag), Is.EqualTo(((long)bytes.Length, _bench.Transport.Objects["key"].Info.ETag)));
        Assert.That(_bench.Transport.Count("AbortMultipartUpload"), Is.Zero);
        _bench.AssertNothingHeld();
    }

    [Test]
    public void PutAsync_UploadVanishedAndTheKeyIsSomebodyElses_Fails([Values] bool exists)
    {
        if (exists) _bench.Transport.Add("key", TransferBench.Bytes(3 * Part, seed: 1));
        _bench.Transport.Before = (call, _) =>
        {
            if (call is not { Operation: "CompleteMultipartUpload" }) return Task.FromResult<S3Error?>(null);
            _bench.Transport.Uploads.Clear();
            return Task.FromResult(call.Attempt == 1 ? FakeTransport.Reset : null);
        };

        Assert.That(async () => await _bench.PutAsync(TransferBench.Bytes(3 * Part)),
            Throws.InstanceOf<S3ToolkitException>().With.Property("ErrorCode").EqualTo(S3ErrorCode.NoSuchUpload));
        _bench.AssertNothingHeld();
    }

    [Test]
    public void PutAsync_FileChangesWhileItIsSent_WritesNothing(
        [Values("shrinks", "grows", "is rewritten")] string how, [Values(1000, 5 * Part)] int length)
    {
        var path = _folder.File("data.bin");
        File.WriteAllBytes(path, TransferBench.Bytes(length));
        var content = ObjectContent.FromFile(path);
        var changed = 0;
        _bench.Transport.Before = (call, _) =>
        {
            if (call.Operation is "PutObject" or "UploadPart" && Interlocked.Exchange(ref changed, 1) == 0) Change(path, how);
            return Task.FromResult<S3Error?>(null);
        };

        Assert.That(async () => await _bench.PutAsync(content),
            Throws.InstanceOf<S3ToolkitException>().With.Property("ErrorCode").EqualTo(S3ErrorCode.SourceChanged)
                .And.Property("IsTransient").False.And.Message.Contains(path).And.Message.Contains($"{length} bytes"));
        Assert.That(_bench.Transport.Objects, Is.Empty);
        _bench.AssertNothingHeld();
    }

    [Test]
    public void PutAsync_FileChangedBeforeItIsSent_SendsNothing([Values("shrinks", "grows", "is rewritten")] string how)
    {
        var path = _folder.File("data.bin");
        File.WriteAllBytes(path, TransferBench.Bytes(1000));
        var content = ObjectContent.FromFile(path);
        Change(path, how);

        Assert.That(
            async () => await _bench.PutAsync(content),
            Throws.InstanceOf<S3ToolkitException>().With.Property("ErrorCode").EqualTo(S3ErrorCode.SourceChanged));
        Assert.That(_bench.Transport.Calls, Is.Empty);
    }

    [Test]
    public void PutAsync_FileChangesAfterItsLastByteWasSent_IsNoticedBeforeTheObjectIsMade()
    {
        var path = _folder.File("data.bin");
        File.WriteAllBytes(path, TransferBench.Bytes(3 * Part));
        var acknowledged = 0;
        _bench.Transport.After = call =>
        {
            if (call.Operation == "UploadPart" && Interlocked.Increment(ref acknowledged) == 3) Change(path, "is rewritten");
            return null;
        };

        Assert.That(async () => await _bench.PutAsync(ObjectContent.FromFile(path)),
            Throws.InstanceOf<S3ToolkitException>().With.Property("ErrorCode").EqualTo(S3ErrorCode.SourceChanged));
        Assert.That(_bench.Transport.Count("CompleteMultipartUpload"), Is.Zero);
        _bench.AssertNothingHeld();
    }

    private static void Change(string path, string how)
    {
        if (how == "is rewritten")
        {
            File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(file.Length + (how == "grows" ? 10 : -10));
    }
}
