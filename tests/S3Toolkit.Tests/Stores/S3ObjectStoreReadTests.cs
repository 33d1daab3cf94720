using System.Net;
using S3Toolkit.Tests.Transfers;

namespace S3Toolkit.Tests.Stores;

/// <summary>Bodies as they come from the wire: without a length, or not at all.</summary>
[TestFixture]
internal sealed class S3ObjectStoreReadTests
{
    private static HttpResponseMessage Chunked(string text) =>
        new(HttpStatusCode.OK) { Content = new System.Net.Http.StreamContent(
            new ScriptedStream(System.Text.Encoding.UTF8.GetBytes(text))) };

    [Test]
    public async Task ReadText_AnswerWithoutALength_IsReadToItsEnd([Values("", "hello")] string text)
    {
        using var server = new ScriptedServer(_ => Chunked(text));

        Assert.That(await server.Bucket.ReadTextAsync("key"), Is.EqualTo(text));
        Assert.That(await server.Bucket.ReadBytesAsync("key"), Has.Length.EqualTo(text.Length));
        await using var reader = await server.Bucket.GetAsync("key");
        Assert.That((reader.ContentLengthBytes, reader.Info.SizeBytes), Is.EqualTo((default(long?), 0L)));
    }

    [Test]
    public async Task ToFile_AnswerWithoutALength_WritesTheContent()
    {
        using var folder = new TemporaryFolder();
        using var server = new ScriptedServer(_ => Chunked("hello"));

        await server.Bucket.Download("key").ToFileAsync(folder.File("a"));

        Assert.That(await File.ReadAllTextAsync(folder.File("a")), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Get_AnswerWithALengthOfZero_KnowsIt()
    {
        using var server = new ScriptedServer(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) });

        await using var reader = await server.Bucket.GetAsync("key");

        Assert.That(reader.ContentLengthBytes, Is.Zero);
    }

    [Test]
    public async Task Download_NotModified_IsNoEmptyContent()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("a"), "old");
        using var server = new ScriptedServer(_ => new HttpResponseMessage(HttpStatusCode.NotModified));
        var download = server.Bucket.Download("key").With(static options => options with { OnlyIfNoneMatch = "e" });
        Func<Task>[] ends =
        [
            () => download.ToArrayAsync(),
            () => download.ToTextAsync(),
            () => download.ToStreamAsync(new MemoryStream()),
            () => download.ToFileAsync(folder.File("a")),
        ];

        foreach (var end in ends)
        {
            Assert.That(async () => await end(), Throws.TypeOf<S3ToolkitException>()
                .With.Property("ErrorCode").EqualTo(S3ErrorCode.NotModified)
                .And.Message.Contains("s3://bucket/key").And.Message.Contains("IsNotModified"));
        }

        Assert.That(await File.ReadAllTextAsync(folder.File("a")), Is.EqualTo("old"));
        await using var reader = await download.OpenAsync();
        Assert.That(reader.IsNotModified, Is.True);
    }
}
