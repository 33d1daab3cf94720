using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pains 7 and 8: bodies that die midway, and files that two writers share.</summary>
[TestFixture]
internal sealed class DownloadResumeTests
{
    private const int Size = 1_000_000;

    [Test]
    public async Task Body_ThatBreaksMidway_GoesOnWhereItStoppedOnTheSameObject()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var put = await pain.Bucket.PutAsync("k", PainContent.Bytes(Size));
        pain.ForgetRequests();
        using var rule = pain.Strike("GetObject", S3Fault.TruncateBody(300_000), times: 2);

        var bytes = await pain.Bucket.ReadBytesAsync("k");

        PainContent.AssertSame(bytes, PainContent.Bytes(Size).Span);
        var gets = pain.Wire!.Requests.Where(request => request.Method == "GET").ToList();
        Assert.That(gets, Has.Count.EqualTo(3));
        Assert.That(gets[0].Header("Range"), Is.Null);
        Assert.That(gets[0].Header("If-Match"), Is.Null);
        Assert.That(gets[1].Header("Range"), Does.Match("^bytes=[1-9][0-9]*-"));
        Assert.That(gets.Skip(1).Select(get => get.Header("If-Match")), Is.All.EqualTo(put.ETag!.Value.ToHeader()));
    }

    [Test]
    public async Task Range_ThatBreaksMidway_AsksForTheRestOfTheRange()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(Size));
        pain.ForgetRequests();
        using var rule = pain.Strike("GetObject", S3Fault.TruncateBody(100_000), times: 1);

        var bytes = await pain.Bucket.Download("k").WithRange(200_000, 500_000).ToArrayAsync();

        PainContent.AssertSame(bytes, PainContent.Bytes(Size).Slice(200_000, 500_000).Span);
        Assert.That(pain.Wire!.Requests[^1].Header("Range"), Does.EndWith("-699999"));
    }

    // Never the beginning of one content and the end of another.
    [Test]
    public async Task Body_ThatBreaksWhileTheObjectIsReplaced_IsAnErrorNotAMixture()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(Size));
        using var rule = pain.Strike("GetObject", S3Fault.TruncateBody(300_000), times: 1);
        await using var reader = await pain.Bucket.GetAsync("k");
        await pain.Bucket.PutAsync("k", PainContent.OtherBytes(Size));
        var received = new MemoryStream();

        Assert.That(
            async () => await reader.Content.CopyToAsync(received),
            Throws.InstanceOf<S3ToolkitException>().With.Message.Contains("s3://pains/k"));
        PainContent.AssertSame(received.ToArray(), PainContent.Bytes((int)received.Length).Span);
    }

    [Test]
    public async Task Body_ThatBreaksEveryTime_EndsWithAnErrorAndNoFile()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(Size));
        pain.ForgetRequests();
        using var folder = new PainFolder();
        using var first = pain.Strike("GetObject", S3Fault.TruncateBody(1000), times: 1);
        using var then = pain.Server.Faults.Add(
            new S3FaultRule { Operation = "GetObject", Fault = S3Fault.InternalError(), SkipRequests = 1 });

        var error = await Assert.CatchAsync<S3ToolkitException>(() => pain.Bucket.Download("k").ToFileAsync(folder.PathOf("out")));

        Assert.That(error!.Message, Does.Contain("s3://pains/k"));
        Assert.That(error.IsTransient, Is.True);
        Assert.That(pain.Count("GetObject"), Is.InRange(4, 1 + 4), "the reset may outrun the first answer's head");
        Assert.That(folder.Names(), Is.Empty);
    }

    [Test]
    public async Task Body_WithAFlippedByte_IsCorruptAndLeavesNoFile()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(Size));
        using var folder = new PainFolder();
        folder.File("out", PainContent.OtherBytes(5).Span);
        using var rule = pain.Strike("GetObject", S3Fault.FlipByte(Size / 2));

        Assert.That(
            async () => await pain.Bucket.Download("k").ToFileAsync(folder.PathOf("out")),
            Throws.TypeOf<ContentCorruptedException>().With.Property(nameof(S3ToolkitException.Key)).EqualTo("k"));

        Assert.That(folder.Names(), Is.EqualTo(["out"]));
        PainContent.AssertSame(await File.ReadAllBytesAsync(folder.PathOf("out")), PainContent.OtherBytes(5).Span);
    }

    [Test]
    public async Task Body_ThatStalls_IsAskedForAgain()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var pain = await EmbeddedPain.StartAsync(options => options.Resilience.InactivityTimeout = TimeSpan.FromHours(1), time);
        await pain.Bucket.PutAsync("k", PainContent.Bytes(Size));
        pain.ForgetRequests();
        using var rule = pain.Strike("GetObject", S3Fault.StallBody(300_000), times: 1);

        await using var reader = await pain.Bucket.GetAsync("k");
        var bytes = new byte[Size];
        await reader.Content.ReadExactlyAsync(bytes.AsMemory(0, 300_000));
        var rest = reader.Content.ReadExactlyAsync(bytes.AsMemory(300_000)).AsTask();
        Assert.That(rest.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromHours(2));
        while (!rest.IsCompleted)
        {
            // Small steps, for the wait before the retry: they do not add up to the time-out.
            time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await rest;
        PainContent.AssertSame(bytes, PainContent.Bytes(Size).Span);
        Assert.That(pain.Count("GetObject"), Is.EqualTo(2));
    }

    // Pain 8: file twice the size.
    [Test]
    public async Task File_DownloadedByManyAtOnce_IsOneWholeCopy()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(Size));
        using var folder = new PainFolder();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pain.Bucket.Download("k").ToFileAsync(folder.PathOf("out"))));

        Assert.That(folder.Names(), Is.EqualTo(["out"]));
        PainContent.AssertSame(await File.ReadAllBytesAsync(folder.PathOf("out")), PainContent.Bytes(Size).Span);
    }
}
