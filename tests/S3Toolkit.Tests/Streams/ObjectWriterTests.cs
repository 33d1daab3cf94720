using System.IO.Compression;
using Moq;
using S3Toolkit.Server;
using S3Toolkit.Tests.Pains;
using S3Toolkit.Tests.Transfers;

namespace S3Toolkit.Tests.Streams;

[TestFixture]
internal sealed class ObjectWriterTests
{
    private const int MiB = 1024 * 1024;

    private static readonly byte[] Content = TransferBench.Bytes(23 * MiB);

    [TestCase(1000)]
    [TestCase(64 * 1024)]
    [TestCase(3 * MiB)]
    public async Task WriteAsync_LargeBody_GoesUpInPartsAndIsThereAfterTheCommit(int size)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await using var writer = await pain.Bucket.OpenWriteAsync("key");
        for (var position = 0; position < Content.Length; position += size)
            await writer.WriteAsync(Content.AsMemory(position, Math.Min(size, Content.Length - position)));
        Assert.That(await pain.Bucket.ExistsAsync("key"), Is.False, "not yet");

        var info = await writer.CommitAsync();

        Assert.That(info.SizeBytes, Is.EqualTo(Content.Length));
        Assert.That(writer.BytesWritten, Is.EqualTo(Content.Length));
        Assert.That(pain.Count("UploadPart"), Is.EqualTo(5));
        Assert.That((await pain.Bucket.ReadBytesAsync("key")).AsSpan().SequenceEqual(Content), Is.True);
        Assert.That(await writer.CommitAsync(), Is.SameAs(info));
    }

    [Test]
    public async Task Write_Synchronously_WritesTheSame()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using (var writer = await pain.Bucket.OpenWriteAsync("key"))
        {
            new MemoryStream(Content).CopyTo(writer);
            writer.Flush();
            await writer.CommitAsync();
        }

        Assert.That((await pain.Bucket.ReadBytesAsync("key")).AsSpan().SequenceEqual(Content), Is.True);
    }

    [TestCase(0)]
    [TestCase(10)]
    [TestCase(200_000)]
    public async Task CommitAsync_SmallBody_IsOneRequest(int length)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await using var writer = await pain.Bucket.OpenWriteAsync("key.txt", new PutObjectOptions { CacheControl = "no-cache" });
        await writer.WriteAsync(Content.AsMemory(0, length));
        await writer.FlushAsync();
        Assert.That(pain.Server.Requests, Is.Empty, "flushing sends nothing");

        await writer.CommitAsync();

        Assert.That(pain.Server.Requests.Select(static request => request.Operation), Is.EqualTo(["PutObject"]));
        var found = (await pain.Bucket.FindAsync("key.txt"))!;
        Assert.That((found.SizeBytes, found.CacheControl, found.ContentType), Is.EqualTo(((long)length, "no-cache", "text/plain")));
    }

    [TestCase(10, true)]
    [TestCase(23 * MiB, true)]
    [TestCase(23 * MiB, false)]
    public async Task Dispose_WithoutCommit_LeavesNothing(int length, bool asynchronously)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var writer = await pain.Bucket.OpenWriteAsync("key");
        await writer.WriteAsync(Content.AsMemory(0, length));

        if (asynchronously) await writer.DisposeAsync();
        else writer.Dispose();

        Assert.That(await pain.Bucket.ExistsAsync("key"), Is.False);
        Assert.That(await pain.Server.UnfinishedUploadsAsync(), Is.Empty);
        Assert.That(async () => await writer.WriteAsync(new byte[1]), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await writer.CommitAsync(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Write_PartFails_IsThrownByAWriteAndByTheCommit()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        pain.Strike("UploadPart", S3Fault.Error(403, "AccessDenied"));
        await using var writer = await pain.Bucket.OpenWriteAsync("key");

        // Endless, were it not for the failure: when it comes back depends on the server.
        Assert.That(
            async () =>
            {
                while (true) await writer.WriteAsync(Content.AsMemory(0, MiB));
            },
            Throws.TypeOf<S3AccessDeniedException>());
        Assert.That(() => writer.Write(new byte[1]), Throws.TypeOf<S3AccessDeniedException>());
        Assert.That(async () => await writer.CommitAsync(), Throws.TypeOf<S3AccessDeniedException>());

        Assert.That(await pain.Server.UnfinishedUploadsAsync(), Is.Empty);
    }

    [TestCase(10)]
    [TestCase(23 * MiB)]
    public async Task CommitAsync_ConditionFails_IsAnErrorOfTheCommit(int length)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await using var writer = await pain.Bucket.OpenWriteAsync("key", new PutObjectOptions { OnlyIfAbsent = true });
        await writer.WriteAsync(Content.AsMemory(0, length));
        var other = await pain.Bucket.PutAsync("key", "first"u8.ToArray());

        Assert.That(async () => await writer.CommitAsync(), Throws.TypeOf<PreconditionFailedException>());

        Assert.That((await pain.Bucket.FindAsync("key"))!.ETag, Is.EqualTo(other.ETag));
        Assert.That(await pain.Server.UnfinishedUploadsAsync(), Is.Empty);
    }

    [Test]
    public async Task CommitAsync_OnlyIfMatch_ReplacesThatContentOnly()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var first = await pain.Bucket.PutAsync("key", "first"u8.ToArray());
        await using var writer = await pain.Bucket.OpenWriteAsync("key", new PutObjectOptions { OnlyIfMatch = first.ETag });
        await using var late = await pain.Bucket.OpenWriteAsync("key", new PutObjectOptions { OnlyIfMatch = first.ETag });
        await writer.WriteAsync("second"u8.ToArray());
        await late.WriteAsync("third"u8.ToArray());

        await writer.CommitAsync();
        Assert.That(async () => await late.CommitAsync(), Throws.TypeOf<PreconditionFailedException>());

        Assert.That(await pain.Bucket.ReadTextAsync("key"), Is.EqualTo("second"));
    }

    [Test]
    public async Task OpenWriteAsync_RefusedOptions_AreSaidAtOnce()
    {
        await using var pain = await EmbeddedPain.StartAsync(
            static options => options.Provider = S3ProviderProfiles.Generic with { Name = "old", SupportsConditionalWrites = false });

        Assert.That(
            async () => await pain.Bucket.OpenWriteAsync("key", new PutObjectOptions { OnlyIfAbsent = true }),
            Throws.InstanceOf<NotSupportedException>().With.Message.Contains("'old'"));
        Assert.That(async () => await pain.Bucket.OpenWriteAsync(""), Throws.ArgumentException);
    }

    [Test]
    public async Task CommitAsync_Cancelled_GivesTheUploadUp()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var store = new Mock<IObjectStore>(MockBehavior.Strict);
        store.SetupGet(static mock => mock.BucketName).Returns("bucket");
        store.Setup(static mock => mock.PutAsync(
                "key", It.IsAny<ObjectContent>(), It.IsAny<PutObjectOptions>(), It.IsAny<CancellationToken>()))
            .Returns(static async (string _, ObjectContent _, PutObjectOptions _, CancellationToken token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                return null!;
            });
        await using var writer = await store.Object.OpenWriteAsync("key");
        var commit = writer.CommitAsync(cancellation.Token);

        await cancellation.CancelAsync();

        Assert.That(
            async () => await commit,
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        Assert.That(() => writer.Write(new byte[1]), Throws.InvalidOperationException);
    }

    [Test]
    public async Task WriteAsync_ServerIsSlow_HoldsPartsWithinTheBudget()
    {
        await using var pain = await EmbeddedPain.StartAsync(static options => options.MaxBufferBytes = 32 * MiB);
        pain.Strike("UploadPart", S3Fault.Delay(TimeSpan.FromMilliseconds(20)));
        await using var writer = await pain.Bucket.OpenWriteAsync("key");
        for (var part = 0; part < 3; part++) await writer.WriteAsync(Content);

        await writer.CommitAsync();

        Assert.That(pain.Server.Requests.MaxInFlightOf("UploadPart"), Is.LessThanOrEqualTo(4));
        Assert.That((await pain.Bucket.FindAsync("key"))!.SizeBytes, Is.EqualTo(3 * Content.Length));
    }

    [Test]
    public async Task OpenWriteAsync_ZipArchive_CanBeCreatedInIt()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await using (var writer = await pain.Bucket.OpenWriteAsync("archive.zip"))
        {
            using (var archive = new ZipArchive(writer, ZipArchiveMode.Create, leaveOpen: true))
            {
                await using var entry = archive.CreateEntry("a.bin", CompressionLevel.NoCompression).Open();
                await entry.WriteAsync(Content);
            }

            await writer.CommitAsync();
        }

        using var read = new ZipArchive(await pain.Bucket.OpenAsync("archive.zip"));
        Assert.That(read.Entries.Single().Length, Is.EqualTo(Content.Length));
    }
}
