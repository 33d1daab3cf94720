using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class ObjectCopierTests
{
    private const int Part = 1000;

    private static readonly ObjectAddress Source = new("bucket", "source.txt");

    private static readonly PutObjectOptions SourceOptions = new()
    {
        ContentType = "text/plain",
        CacheControl = "max-age=1",
        Metadata = new Dictionary<string, string> { ["a"] = "b" },
        Tags = new Dictionary<string, string> { ["t"] = "u" },
    };

    private TransferBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new TransferBench();

    [TearDown]
    public void TearDown() => _bench.AssertNothingHeld();

    [Test]
    public async Task CopyAsync_UpToTheThreshold_IsOneRequestTiedToTheSource([Values(0, 1, 3 * Part)] int length)
    {
        var bytes = TransferBench.Bytes(length);
        var source = _bench.Transport.Add("source.txt", bytes, SourceOptions);
        var reports = new List<TransferProgress>();

        var info = await CopyAsync(new CopyObjectOptions { Progress = new ListProgress(reports) });

        Assert.That(_bench.Transport.Operations, Is.EqualTo(["HeadObject", "CopyObject"]));
        var sent = (CopyObjectOptions)_bench.Transport.Calls.Last().Options!;
        Assert.That(
            (sent.OnlyIfSourceMatch, sent.ReplaceMetadata, sent.ReplaceTags), Is.EqualTo((source.Info.ETag, (bool?)false, (bool?)false)));
        Assert.That((info.SizeBytes, info.ContentType, info.CacheControl), Is.EqualTo(((long)length, "text/plain", "max-age=1")));
        Assert.That(reports, Is.EqualTo(new[] { new TransferProgress(length, length) }));
    }

    [Test]
    public async Task CopyAsync_AboveTheThreshold_CopiesRangesAndKeepsEverything([Values((3 * Part) + 1, 4 * Part)] int length)
    {
        var bytes = TransferBench.Bytes(length);
        var source = _bench.Transport.Add("source.txt", bytes, SourceOptions);
        var reports = new List<TransferProgress>();

        var info = await CopyAsync(new CopyObjectOptions { Progress = new ListProgress(reports), StorageClass = StorageClass.Glacier });

        var copy = _bench.Transport.Objects["copy.bin"];
        Assert.That(copy.Bytes, Is.EqualTo(bytes));
        Assert.That(
            (copy.Options.ContentType, copy.Options.CacheControl, copy.Options.StorageClass),
            Is.EqualTo(("text/plain", "max-age=1", (StorageClass?)StorageClass.Glacier)));
        Assert.That(copy.Options.Metadata, Is.EqualTo(SourceOptions.Metadata));
        Assert.That(copy.Options.Tags, Is.EqualTo(SourceOptions.Tags));
        Assert.That((info.SizeBytes, info.ContentType, info.PartCount), Is.EqualTo(((long)length, "text/plain", (int?)4)));
        Assert.That(reports.Select(static report => report.TransferredBytes), Is.Ordered);
        Assert.That(reports[^1], Is.EqualTo(new TransferProgress(length, length)));
        foreach (var call in _bench.Transport.Calls.Where(static call => call.Operation == "UploadPartCopy"))
        {
            var (address, options) = ((ObjectAddress, CopyObjectOptions))call.Options!;
            Assert.That((address.VersionId, options.OnlyIfSourceMatch), Is.EqualTo(("v1", source.Info.ETag)));
        }
    }

    [Test]
    public async Task CopyAsync_OwnHeadersAndTags_ReplaceTheSources([Values(10, 4 * Part)] int length)
    {
        _bench.Transport.Add("source.txt", TransferBench.Bytes(length), SourceOptions);
        var options = new CopyObjectOptions
        {
            Metadata = new Dictionary<string, string> { ["c"] = "d" },
            Tags = new Dictionary<string, string> { ["v"] = "w" },
        };

        var info = await CopyAsync(options);

        var copy = _bench.Transport.Objects["copy.bin"].Options;
        Assert.That(copy.Metadata, Is.EqualTo(options.Metadata));
        Assert.That(copy.Tags, Is.EqualTo(options.Tags));
        Assert.That((copy.ContentType, copy.CacheControl), Is.EqualTo(("text/plain", "max-age=1")), "what is not set is kept");
        Assert.That((info.ContentType, info.CacheControl), Is.EqualTo(("text/plain", "max-age=1")));
        Assert.That(info.Metadata, Is.EqualTo(options.Metadata));
    }

    [Test]
    public async Task CopyAsync_OneHeader_KeepsTheOthersAndTheMetadata([Values(10, 4 * Part)] int length)
    {
        _bench.Transport.Add("source.txt", TransferBench.Bytes(length), SourceOptions);

        var info = await CopyAsync(new CopyObjectOptions { CacheControl = "no-store" });

        var copy = _bench.Transport.Objects["copy.bin"].Options;
        Assert.That((copy.ContentType, copy.CacheControl, info.CacheControl), Is.EqualTo(("text/plain", "no-store", "no-store")));
        Assert.That(copy.Metadata, Is.EqualTo(SourceOptions.Metadata));
    }

    [Test]
    public async Task CopyAsync_ReplaceMetadata_KeepsNothing([Values(10, 4 * Part)] int length)
    {
        _bench.Transport.Add("source.txt", TransferBench.Bytes(length), SourceOptions);

        await CopyAsync(new CopyObjectOptions { ReplaceMetadata = true, ContentLanguage = "en" });

        var copy = _bench.Transport.Objects["copy.bin"].Options;
        Assert.That(
            (copy.ContentType, copy.CacheControl, copy.ContentLanguage), Is.EqualTo(("application/octet-stream", default(string), "en")));
        Assert.That(copy.Metadata, Is.Empty);
    }

    [Test]
    public void CopyAsync_ToldToKeepAndGivenOthers_SaysSo()
    {
        var headers = new CopyObjectOptions { ReplaceMetadata = false, CacheControl = "no-store" };
        var tags = new CopyObjectOptions { ReplaceTags = false, Tags = SourceOptions.Tags };

        Assert.That(async () => await CopyAsync(headers), Throws.ArgumentException.With.Message.Contains("ReplaceMetadata"));
        Assert.That(async () => await CopyAsync(tags), Throws.ArgumentException.With.Message.Contains("ReplaceTags"));
        Assert.That(_bench.Transport.Calls, Is.Empty);
    }

    [Test]
    public void CopyAsync_NoSource_NamesIt() =>
        Assert.That(async () => await CopyAsync(), Throws.InstanceOf<ObjectNotFoundException>().With.Message.Contains("source.txt"));

    [Test]
    public async Task CopyAsync_SourceOverwrittenAfterTheLook_LooksAgain([Values(10, 4 * Part)] int length)
    {
        _bench.Transport.Add("source.txt", TransferBench.Bytes(length, seed: 1));
        var heads = 0;
        _bench.Transport.After = call =>
        {
            if (call.Operation == "HeadObject" && ++heads == 1) _bench.Transport.Add("source.txt", TransferBench.Bytes(length, seed: 2));
            return null;
        };

        await CopyAsync();

        Assert.That(_bench.Transport.Objects["copy.bin"].Bytes, Is.EqualTo(TransferBench.Bytes(length, seed: 2)));
    }

    [Test]
    public void CopyAsync_SourceConditionOfTheCaller_IsNotLookedAtTwice()
    {
        _bench.Transport.Add("source.txt", [1]);

        Assert.That(
            async () => await CopyAsync(new CopyObjectOptions { OnlyIfSourceMatch = "other" }),
            Throws.InstanceOf<PreconditionFailedException>());
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public void CopyAsync_APartFails_Aborts([Values(1, 3)] int number)
    {
        _bench.Transport.Add("source.txt", TransferBench.Bytes(4 * Part));
        _bench.Transport.Before = (call, _) => Task.FromResult(call.PartNumber == number ? FakeTransport.Denied : null);

        Assert.That(async () => await CopyAsync(), Throws.InstanceOf<S3AccessDeniedException>());
        Assert.That(_bench.Transport.Count("AbortMultipartUpload"), Is.EqualTo(1));
        Assert.That(_bench.Transport.Objects.Keys, Is.EquivalentTo(["source.txt"]));
    }

    [Test]
    public async Task CopyAsync_ServerWithoutTags_CopiesWithout()
    {
        _bench.Transport.Add("source.txt", TransferBench.Bytes(4 * Part), SourceOptions);

        await CopyAsync(readTags: static (_, _) => throw new S3ToolkitException("no", S3ErrorCode.NotImplemented));

        Assert.That(_bench.Transport.Objects["copy.bin"].Options.Tags, Is.Empty);
    }

    [Test]
    public void CopyAsync_Cancelled_ThrowsTheCallersTokenAndAborts()
    {
        using var cancel = new CancellationTokenSource();
        _bench.Transport.Add("source.txt", TransferBench.Bytes(4 * Part));
        _bench.Transport.After = call =>
        {
            if (call.Operation == "UploadPartCopy") cancel.Cancel();
            return null;
        };

        Assert.That(async () => await CopyAsync(cancellationToken: cancel.Token),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancel.Token));
    }

    private Task<ObjectInfo> CopyAsync(
        CopyObjectOptions? options = null,
        Func<ObjectAddress, CancellationToken, Task<IReadOnlyDictionary<string, string>>>? readTags = null,
        CancellationToken cancellationToken = default)
    {
        var transfers = new TransferOptions { CopyThresholdBytes = 3 * Part, CopyPartSizeBytes = Part };
        readTags ??= (source, _) => Task.FromResult(_bench.Transport.Objects[source.Key].Options.Tags);
        return new ObjectCopier(_bench.Caller, transfers, _bench.Profile, readTags)
            .CopyAsync(Source, "bucket", "copy.bin", options ?? new CopyObjectOptions(), cancellationToken);
    }

    private sealed class ListProgress(List<TransferProgress> reports) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => reports.Add(value);
    }
}
