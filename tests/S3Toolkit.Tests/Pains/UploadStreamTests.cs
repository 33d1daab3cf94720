using System.IO.Pipelines;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pains 12, 14 and 15: streams of unknown length, streams that others own, parts that stay behind.</summary>
[TestFixture]
internal sealed class UploadStreamTests
{
    // Pain 12, #3136: an empty stream stored as 8 MB of NULs; #3082: metadata silently dropped.
    [Test]
    public async Task Stream_EmptyOfUnknownLength_IsAnEmptyObjectWithItsMetadata()
    {
        await using var pain = await EmbeddedPain.StartAsync();

        await pain.Bucket.Upload("empty").WithContentType("text/empty").WithMetadata("kept", "yes").WithTag("t", "v")
            .FromStreamAsync(new SourceStream(PainContent.Bytes(0)));

        var info = (await pain.Bucket.FindAsync("empty"))!;
        Assert.That(info.SizeBytes, Is.Zero);
        Assert.That(info.ContentType, Is.EqualTo("text/empty"));
        Assert.That(info.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["kept"] = "yes" }));
        Assert.That(await pain.Bucket.GetTagsAsync("empty"), Is.EquivalentTo(new Dictionary<string, string> { ["t"] = "v" }));
    }

    [TestCase(1)]
    [TestCase(PainContent.PartSize - 1)]
    [TestCase(PainContent.PartSize)]
    [TestCase(PainContent.PartSize + 1)]
    [TestCase((2 * PainContent.PartSize) + 1)]
    public async Task Stream_OfUnknownLength_KeepsBytesAndMetadata(int size)
    {
        await using var pain = await EmbeddedPain.StartAsync();

        await pain.Bucket.Upload("k").WithMetadata("kept", "yes").FromStreamAsync(
            new SourceStream(PainContent.Bytes(size), bytesPerRead: 65_537));

        PainContent.AssertSame(await pain.Bucket.ReadBytesAsync("k"), PainContent.Bytes(size).Span);
        Assert.That((await pain.Bucket.FindAsync("k"))!.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["kept"] = "yes" }));
    }

    // Pain 14.
    [TestCase(10)]
    [TestCase(PainContent.PartSize + 10)]
    public async Task Stream_OfTheCaller_StaysOpen(int size)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var unseekable = new SourceStream(PainContent.Bytes(size));
        await using var seekable = new MemoryStream(PainContent.Bytes(size).ToArray());
        var failing = new SourceStream(PainContent.Bytes(size), failure: new IOException("source broke"));

        await pain.Bucket.Upload("a").FromStreamAsync(unseekable);
        await pain.Bucket.Upload("b").FromStreamAsync(seekable);
        Assert.That(async () => await pain.Bucket.Upload("c").FromStreamAsync(failing), Throws.InstanceOf<Exception>());

        Assert.That(unseekable.IsClosed, Is.False);
        Assert.That(seekable.CanRead, Is.True);
        Assert.That(failing.IsClosed, Is.False);
    }

    [Test]
    public async Task Pipe_OfTheCaller_IsNotCompleted()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var pipe = new Pipe();
        var upload = pain.Bucket.Upload("pipe").FromPipeAsync(pipe.Reader);
        await pipe.Writer.WriteAsync(PainContent.Bytes(1000));
        await pipe.Writer.CompleteAsync();

        await upload;

        Assert.That((await pipe.Reader.ReadAsync()).IsCompleted, Is.True, "reading a completed reader would throw");
        await pipe.Reader.CompleteAsync();
    }

    // Pain 15, and "a stream that throws midway".
    [TestCase(1000)]
    [TestCase(PainContent.PartSize + 1000)]
    [TestCase((2 * PainContent.PartSize) + 1000)]
    public async Task Stream_ThatThrowsMidway_GivesItsExceptionAndLeavesNothing(int size)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var failure = new InvalidDataException("the source broke");

        var error = await Assert.CatchAsync<Exception>(
            () => pain.Bucket.Upload("k").FromStreamAsync(new SourceStream(PainContent.Bytes(size), failure: failure)));

        Assert.That(Chain(error!), Does.Contain(failure));
        await AssertNothingStaysAsync(pain);
    }

    [Test]
    public async Task Part_ThatFailsForGood_LeavesNothing()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Server.Faults.Add(
            new S3FaultRule { Operation = "UploadPart", PartNumber = 2, Fault = S3Fault.InternalError() });

        Assert.That(
            async () => await pain.Bucket.PutAsync("k", PainContent.Bytes(3 * PainContent.PartSize)),
            Throws.TypeOf<S3ToolkitException>().With.Property(nameof(S3ToolkitException.Key)).EqualTo("k"));

        await AssertNothingStaysAsync(pain);
    }

    [Test]
    public async Task Complete_ThatFailsForGood_LeavesNothing()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("CompleteMultipartUpload", S3Fault.Error(400, "InvalidPart"));

        Assert.That(
            async () => await pain.Bucket.PutAsync("k", PainContent.Bytes(2 * PainContent.PartSize)),
            Throws.TypeOf<S3ToolkitException>());

        await AssertNothingStaysAsync(pain);
    }

    [Test]
    public async Task Abort_ThatFailsFirst_IsTriedAgain()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var part = pain.Strike("UploadPart", S3Fault.Error(400, "InvalidRequest"));
        using var abort = pain.Strike("AbortMultipartUpload", S3Fault.InternalError(), times: 2);

        Assert.That(
            async () => await pain.Bucket.PutAsync("k", PainContent.Bytes(2 * PainContent.PartSize)),
            Throws.TypeOf<S3ToolkitException>());

        Assert.That(abort.StrikeCount, Is.EqualTo(2));
        await AssertNothingStaysAsync(pain);
    }

    internal static async Task AssertNothingStaysAsync(EmbeddedPain pain)
    {
        Assert.That(await pain.Bucket.ListUploadsAsync().ToListAsync(), Is.Empty, "no parts that are billed for ever");
        Assert.That(await pain.Bucket.ListAsync().ToListAsync(), Is.Empty, "no object");
    }

    internal static IEnumerable<Exception> Chain(Exception error)
    {
        for (var next = error; next is not null; next = next.InnerException!) yield return next;
    }
}
