using Moq;
using S3Toolkit.Streams;
using S3Toolkit.Tests.Transfers;
using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Streams;

/// <summary>A mocked store with one object, which remembers the ranges that it was asked for; with a pool that counts.</summary>
internal sealed class RangeStore
{
    public const string Key = "key";

    private readonly List<(long Offset, long Length)> _asked = [];

    public RangeStore(byte[] content, long budgetBytes = 256L * 1024 * 1024)
    {
        Content = content;
        Budget = new ByteBudget(budgetBytes);
        var mock = new Mock<IObjectStore>(MockBehavior.Strict);
        mock.SetupGet(static store => store.BucketName).Returns("bucket");
        mock.Setup(static store => store.FindAsync(Key, It.IsAny<FindObjectOptions>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => Info);
        mock.Setup(static store => store.GetAsync(Key, It.IsAny<GetObjectOptions>(), It.IsAny<CancellationToken>()))
            .Returns<string, GetObjectOptions, CancellationToken>((_, options, token) => GetAsync(options, token));
        Store = mock.Object;
    }

    public byte[] Content { get; }

    public IObjectStore Store { get; }

    public ByteBudget Budget { get; }

    public CountingPool Pool { get; } = new();

    /// <summary>Changes what a range is read from, such as into a stream that fails.</summary>
    public Func<long, Stream, Stream>? Wrap { get; set; }

    public ETag ETag { get; set; } = "e";

    public IReadOnlyList<(long Offset, long Length)> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    private ObjectInfo Info => new() { BucketName = "bucket", Key = Key, SizeBytes = Content.Length, ETag = ETag };

    public async Task<ReadAheadStream> OpenAsync(OpenObjectOptions? options = null)
    {
        options ??= new OpenObjectOptions();
        var source = await PinnedObject.FindAsync(Store, Key, options, default);
        return new ReadAheadStream(
            source, ReadAheadPlan.For(options, Budget.TotalBytes), new StoreFacts(Budget, Pool, Profile: null));
    }

    public void AssertNothingHeld()
    {
        Assert.That(Pool.Outstanding, Is.Zero);
        Assert.That(Budget.FreeBytes, Is.EqualTo(Budget.TotalBytes));
    }

    private Task<ObjectReader> GetAsync(GetObjectOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (options.OnlyIfMatch != ETag) throw new PreconditionFailedException("changed", S3ErrorCode.PreconditionFailed);
        var (first, last) = (options.Range!.Value.FirstByte!.Value, options.Range.Value.LastByte!.Value);
        lock (_asked) _asked.Add((first, last - first + 1));
        Stream content = new MemoryStream(Content, (int)first, (int)(last - first + 1), writable: false);
        return Task.FromResult(new ObjectReader(
            Info, Wrap?.Invoke(first, content) ?? content, new ContentRange(first, last, Content.Length)));
    }
}
