using CsCheck;
using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class UploaderTests
{
    private const int Part = TransferBench.PartSize;

    private TransferBench _bench = null!;
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => (_bench, _folder) = (new TransferBench(), new TemporaryFolder());

    [TearDown]
    public void TearDown()
    {
        _folder.Dispose();
        _bench.AssertNothingHeld();
    }

    [Test]
    public async Task PutAsync_ListenerThrows_IsLoggedOnceAndTheObjectIsThere([Values(10, 5 * TransferBench.PartSize)] int length)
    {
        var progress = new ThrowingProgress();

        var info = await _bench.PutAsync(TransferBench.Bytes(length), new PutObjectOptions { Progress = progress });

        Assert.That((info.SizeBytes, _bench.Transport.Objects["key"].Bytes.Length), Is.EqualTo(((long)length, length)));
        Assert.That(_bench.Log.Where(static line => line.Contains("s3://bucket/key", StringComparison.Ordinal)), Has.Exactly(1).Items);
    }

    [Test]
    public async Task PutAsync_EachKindAndSize_StoresTheBytes(
        [Values] ContentKind kind,
        [Values(0, 1, Part - 1, Part, Part + 1, (2 * Part) - 1, 2 * Part, (2 * Part) + 1, (7 * Part) + 5)] int length)
    {
        var bytes = TransferBench.Bytes(length);

        var info = await _bench.PutAsync(ContentKinds.Of(kind, bytes, _folder.Path, [7, 4096, 100_000]));

        var stored = _bench.Transport.Objects["key"];
        Assert.That(stored.Bytes, Is.EqualTo(bytes));
        Assert.That(
            (info.SizeBytes, info.ETag, info.VersionId, info.BucketName, info.Key),
            Is.EqualTo(((long)length, stored.Info.ETag, "v1", "bucket", "key")));
        Assert.That(_bench.Transport.Count("PutObject"), Is.EqualTo(length < 2 * Part ? 1 : 0), "below the threshold: one request");
        if (length < 2 * Part) Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(1));
        else Assert.That(
            _bench.Transport.Operations.Distinct(), Is.EquivalentTo(["CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"]));
    }

    [Test]
    public async Task PutAsync_EachKindAndPath_KeepsEverythingThatIsSet([Values] ContentKind kind, [Values(0, 10, 5 * Part)] int length)
    {
        var options = new PutObjectOptions
        {
            ContentType = "text/x-test",
            CacheControl = "max-age=60",
            ContentLanguage = "eo",
            Metadata = new Dictionary<string, string> { ["Author"] = "me" },
            Tags = new Dictionary<string, string> { ["team"] = "blue" },
            StorageClass = StorageClass.StandardInfrequentAccess,
            Encryption = ServerEncryption.Kms("key-1"),
        };

        var info = await _bench.PutAsync(ContentKinds.Of(kind, TransferBench.Bytes(length), _folder.Path), options);

        Assert.That(_bench.Transport.Objects["key"].Options, Is.EqualTo(options));
        Assert.That((info.ContentType, info.CacheControl, info.ContentLanguage), Is.EqualTo(("text/x-test", "max-age=60", "eo")));
        Assert.That(info.Metadata, Is.EqualTo(options.Metadata));
        Assert.That(info.StorageClass, Is.EqualTo(StorageClass.StandardInfrequentAccess));
    }

    [Test]
    public async Task PutAsync_AnyStream_IsReadOnceAndStoredWhole() =>
        await Gen.Select(Gen.Int[0, 9 * Part], Gen.Int[10_000, 3 * Part], Gen.Int[1, Part * 2].Array[1, 5], Gen.Bool).SampleAsync(
            async (length, partSize, readSizes, canSeek) =>
            {
                var bench = new TransferBench { Transfers = new() { PartSizeBytes = partSize, MultipartThresholdBytes = 2L * partSize } };
                var bytes = TransferBench.Bytes(length, partSize);
                var stream = new ScriptedStream(bytes, readSizes, canSeek);

                var info = await bench.PutAsync(ObjectContent.FromStream(stream));

                bench.AssertNothingHeld();
                return info.SizeBytes == length && bench.Transport.Objects["key"].Bytes.AsSpan().SequenceEqual(bytes)
                    && !stream.IsDisposed && !stream.Overlapped;
            },
            iter: 60,
            threads: 1);

    [Test]
    public async Task PutAsync_AnyFault_LeavesNothingBehind() =>
        await Gen.Select(
                Gen.Int[0, 6 * Part], Gen.Enum<ContentKind>(),
                Gen.OneOf(
                    Gen.Const("PutObject"), Gen.Const("CreateMultipartUpload"), Gen.Const("UploadPart"),
                    Gen.Const("CompleteMultipartUpload")),
                Gen.Int[1, 7])
            .SampleAsync(
                async (length, kind, operation, part) =>
                {
                    using var folder = new TemporaryFolder();
                    var bench = new TransferBench();
                    bench.Transport.Before = (call, _) => Task.FromResult(
                        call.Operation == operation && (call.PartNumber == 0 || call.PartNumber == part) ? FakeTransport.Denied : null);
                    var put = bench.PutAsync(ContentKinds.Of(kind, TransferBench.Bytes(length), folder.Path));

                    var fails = length >= 2 * Part
                        ? operation != "PutObject" && (operation != "UploadPart" || (part - 1) * Part < length)
                        : operation == "PutObject";
                    // Unknown lengths have a first part of two part sizes, so one part fewer.
                    if (fails && operation == "UploadPart" && kind is ContentKind.Unseekable or ContentKind.Pipe)
                        fails = part == 1 || part * Part < length;
                    Exception? thrown = null;
                    try
                    {
                        await put;
                    }
                    catch (S3AccessDeniedException error)
                    {
                        thrown = error;
                    }

                    bench.AssertNothingHeld();
                    return bench.Transport.Objects.ContainsKey("key") == (thrown is null) && (thrown is not null) == fails;
                },
                iter: 100,
                threads: 1);

    [Test]
    public async Task PutAsync_PartFailsForAWhile_IsSentAgainFromItsBuffer()
    {
        var bytes = TransferBench.Bytes((5 * Part) + 3);
        _bench.Transport.Before = (call, _) =>
            Task.FromResult(call is { Operation: "UploadPart", Attempt: < 3 } ? FakeTransport.Reset : null);

        await _bench.PutAsync(ContentKinds.Of(ContentKind.Unseekable, bytes, _folder.Path));

        Assert.That(_bench.Transport.Objects["key"].Bytes, Is.EqualTo(bytes));
        Assert.That(_bench.Transport.Count("UploadPart"), Is.EqualTo(3 * 5));
    }

    [Test]
    public async Task PutAsync_ManyParts_MoveSideBySideButNotMoreThanAllowed([Values(1, 3)] int concurrency)
    {
        _bench.Transfers = _bench.Transfers with { MaxConcurrency = concurrency };
        var sent = new TaskCompletionSource();
        var waiting = 0;
        _bench.Transport.Before = async (call, token) =>
        {
            if (call.Operation != "UploadPart") return null;
            if (Interlocked.Increment(ref waiting) == concurrency) sent.SetResult();
            await sent.Task.WaitAsync(token);
            return null;
        };

        await _bench.PutAsync(ContentKinds.Of(ContentKind.Unseekable, TransferBench.Bytes(9 * Part), _folder.Path));

        Assert.That(_bench.Transport.MaxInFlight, Is.EqualTo(concurrency));
        // One part is read ahead; the first may be two parts large.
        Assert.That(_bench.Pool.PeakBytes, Is.LessThanOrEqualTo((concurrency + 3) * Part));
    }

    [Test]
    public async Task PutAsync_ManyUploadsOnASmallBudget_AllEndWithinIt()
    {
        var bench = new TransferBench(budgetBytes: 1024 * 1024);
        var puts = Enumerable.Range(0, 30).Select(index => bench.PutAsync(
            $"key{index}",
            ObjectContent.FromStream(new ScriptedStream(TransferBench.Bytes(6 * Part, index), canSeek: index % 2 == 0)))).ToList();

        await Task.WhenAll(puts).WaitAsync(TimeSpan.FromSeconds(30));

        bench.AssertNothingHeld();
        Assert.That(bench.Transport.Objects, Has.Count.EqualTo(30));
        Assert.That(bench.Pool.PeakBytes, Is.LessThanOrEqualTo((1024 * 1024) + (30 * PartBuffer.ProbeSizeBytes)));
    }

    [Test]
    public async Task PutAsync_FileOrMemory_RentsNothing([Values(ContentKind.File, ContentKind.Memory)] ContentKind kind)
    {
        await _bench.PutAsync(ContentKinds.Of(kind, TransferBench.Bytes(5 * Part), _folder.Path));

        Assert.That(_bench.Pool.Rents, Is.Zero);
    }

    [Test]
    public async Task PutAsync_SmallUnknownLength_TakesASmallBuffer()
    {
        await _bench.PutAsync(ObjectContent.FromStream(new ScriptedStream([1, 2, 3])));

        Assert.That(_bench.Pool.PeakBytes, Is.EqualTo(PartBuffer.ProbeSizeBytes));
    }

    [Test]
    public void PutAsync_StreamThrowsMidway_ThrowsJustThat([Values(0, 10, 3 * Part)] int failAt, [Values] bool canSeek)
    {
        var failure = new InvalidDataException("zip is broken");
        var stream = new ScriptedStream(TransferBench.Bytes(6 * Part), canSeek: canSeek) { FailAt = failAt, Failure = failure };

        Assert.That(async () => await _bench.PutAsync(ObjectContent.FromStream(stream)), Throws.Exception.SameAs(failure));
        Assert.That(_bench.Transport.Objects, Is.Empty);
    }

    [Test]
    public void PutAsync_SeekableStreamIsNotAsLongAsItSays_SaysSo([Values(10, 5 * Part)] int length, [Values(-1, 1)] int difference)
    {
        var stream = new ScriptedStream(TransferBench.Bytes(length + difference), canSeek: true, claimedLength: length);

        Assert.That(async () => await _bench.PutAsync(ObjectContent.FromStream(stream)),
            Throws.InstanceOf<S3ToolkitException>().With.Property("ErrorCode").EqualTo(S3ErrorCode.SourceChanged)
                .And.Message.Contains($"claimed {length} bytes"));
        Assert.That(_bench.Transport.Objects, Is.Empty);
    }

    [Test]
    public void PutAsync_StreamTwice_SaysSo()
    {
        var content = ObjectContent.FromStream(new ScriptedStream([1]));
        using var first = content.OpenRead();

        Assert.That(async () => await _bench.PutAsync(content), Throws.InvalidOperationException.With.Message.Contains("read before"));
    }

    [Test]
    public async Task PutAsync_ContentType_ComesFromOptionsThenFileThenKey()
    {
        var path = _folder.File("picture.PNG");
        await File.WriteAllBytesAsync(path, [1]);
        var file = ObjectContent.FromFile(path);

        Assert.That((await _bench.PutAsync("x.md", file, new PutObjectOptions { ContentType = "a/b" })).ContentType, Is.EqualTo("a/b"));
        Assert.That((await _bench.PutAsync("x.md", file)).ContentType, Is.EqualTo("image/png"));
        Assert.That((await _bench.PutAsync("x.md", new byte[1])).ContentType, Is.EqualTo("text/markdown"));
        Assert.That((await _bench.PutAsync("x", new byte[1])).ContentType, Is.EqualTo("application/octet-stream"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a privilege there.")]
    public async Task PutAsync_LinkToAFile_SendsWhatItLeadsTo()
    {
        var bytes = TransferBench.Bytes(1000);
        await File.WriteAllBytesAsync(_folder.File("target.bin"), bytes);
        File.CreateSymbolicLink(_folder.File("link.css"), _folder.File("target.bin"));
        File.CreateSymbolicLink(_folder.File("broken"), _folder.File("nothing"));

        var info = await _bench.PutAsync(ObjectContent.FromFile(_folder.File("link.css")));

        Assert.That(_bench.Transport.Objects["key"].Bytes, Is.EqualTo(bytes));
        Assert.That(info.ContentType, Is.EqualTo("text/css"));
        Assert.That(
            () => ObjectContent.FromFile(_folder.File("broken")),
            Throws.InstanceOf<FileNotFoundException>().With.Message.Contains("nothing"));
    }

    [Test]
    public async Task PutAsync_CustomerKey_GoesWithEachPart()
    {
        var key = ServerEncryption.CustomerKey(new byte[32]);

        await _bench.PutAsync(TransferBench.Bytes(3 * Part), new PutObjectOptions { Encryption = key });

        Assert.That(
            _bench.Transport.Calls.Where(static call => call.Operation == "UploadPart").Select(static call => call.CustomerKey),
            Is.All.SameAs(key));
    }

    [Test]
    public async Task PutAsync_Progress_CountsAcknowledgedBytesAndNeverFalls(
        [Values] ContentKind kind, [Values(0, 10, (5 * Part) + 1)] int length)
    {
        var reports = new ProgressList();
        _bench.Transport.Before = (call, _) => Task.FromResult(call.Attempt == 1 ? FakeTransport.Reset : null);

        await _bench.PutAsync(
            ContentKinds.Of(kind, TransferBench.Bytes(length), _folder.Path), new PutObjectOptions { Progress = reports });

        Assert.That(reports.Values.Select(static report => report.TransferredBytes), Is.Ordered);
        Assert.That(reports.Values[^1], Is.EqualTo(new TransferProgress(length, length)));
        if (length == 10) Assert.That(reports.Values, Has.Count.EqualTo(1));
        Assert.That(reports.Values, Is.Unique, "nothing is said twice");
        Assert.That(reports.Overlapped, Is.False);
    }

    [Test]
    public void PutAsync_TooLargeForTheProvider_IsRefusedBeforeAnyRequest()
    {
        _bench.Profile = _bench.Profile with { MaxObjectBytes = 10 };

        Assert.That(
            async () => await _bench.PutAsync(new byte[11]),
            Throws.ArgumentException.With.Message.Contains("s3://bucket/key would have 11 bytes"));
        Assert.That(_bench.Transport.Calls, Is.Empty);
    }

    [Test]
    public void PutAsync_TooManyPartsForTheBuffers_IsRefusedBeforeTheStreamIsTouched()
    {
        _bench.Profile = _bench.Profile with { MaxPartCount = 2 };
        var stream = new ScriptedStream(TransferBench.Bytes(10), canSeek: true, claimedLength: 100_000_000);

        Assert.That(
            async () => await _bench.PutAsync(ObjectContent.FromStream(stream)),
            Throws.ArgumentException.With.Message.Contains("MaxBufferBytes"));
        Assert.That(_bench.Transport.Calls, Is.Empty);
    }

    [Test]
    public void PutAsync_UnknownLengthPassesTheLimit_IsAbortedWithAClearError()
    {
        _bench.Profile = _bench.Profile with { MaxPartCount = 3, NeedsEqualParts = true, MaxPartSizeBytes = Part };

        Assert.That(async () => await _bench.PutAsync(ObjectContent.FromStream(new ScriptedStream(TransferBench.Bytes((3 * Part) + 1)))),
            Throws.InstanceOf<S3ToolkitException>().With.Message.Contains("3 parts of equal size"));
        Assert.That(_bench.Transport.Objects, Is.Empty);
    }

    [Test]
    public async Task PutAsync_ProviderWithEqualParts_SendsThemEqual([Values] ContentKind kind)
    {
        _bench.Profile = _bench.Profile with { NeedsEqualParts = true, MaxPartSizeBytes = Part };

        await _bench.PutAsync(ContentKinds.Of(kind, TransferBench.Bytes((3 * Part) + 1), _folder.Path));

        var sizes = _bench.Transport.Calls.Where(static call => call.Operation == "UploadPart").OrderBy(static call => call.PartNumber)
            .Select(static call => call.Length);
        Assert.That(sizes, Is.EqualTo((long[])[Part, Part, Part, 1]));
    }

    [Test]
    public void PutAsync_PartSizeOutOfRange_NamesTheRange()
    {
        _bench.Profile = S3ProviderProfiles.Aws;

        Assert.That(
            async () => await _bench.PutAsync(new byte[1]),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("5242880"));
    }

    [Test]
    public void PutAsync_ConditionThatTheProviderIgnores_IsRefused()
    {
        _bench.Profile = _bench.Profile with { SupportsConditionalWrites = false };

        Assert.That(
            async () => await _bench.PutAsync(new byte[1], new PutObjectOptions { OnlyIfAbsent = true }),
            Throws.InstanceOf<NotSupportedException>());
        Assert.That(_bench.Transport.Calls, Is.Empty);
    }

    [Test]
    public void PutAsync_ConditionFails_ThrowsAndAborts([Values(10, 5 * Part)] int length, [Values] bool absent)
    {
        _bench.Transport.Add("key", [1]);
        var options = absent ? new PutObjectOptions { OnlyIfAbsent = true } : new PutObjectOptions { OnlyIfMatch = "other" };

        Assert.That(
            async () => await _bench.PutAsync(TransferBench.Bytes(length), options), Throws.InstanceOf<PreconditionFailedException>());
        Assert.That(_bench.Transport.Objects["key"].Bytes, Is.EqualTo(new byte[] { 1 }));
    }

    private sealed class ProgressList : IProgress<TransferProgress>
    {
        private int _inside;

        public List<TransferProgress> Values { get; } = [];

        public bool Overlapped { get; private set; }

        public void Report(TransferProgress value)
        {
            if (Interlocked.Increment(ref _inside) != 1) Overlapped = true;
            Values.Add(value);
            Interlocked.Decrement(ref _inside);
        }
    }

    private sealed class ThrowingProgress : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => throw new InvalidOperationException("mine");
    }
}
