using System.Net;

namespace S3Toolkit.Conformance;

/// <summary>Forms that a browser posts.</summary>
public abstract class PresignedPostBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    [Test]
    public async Task Post_TheForm_WritesTheObject()
    {
        var post = await Bucket.PresignPostAsync("form/a b.txt", new PresignPostOptions
        {
            ContentType = "text/form",
            MaxContentLengthBytes = 100,
            Fields = new Dictionary<string, string> { ["x-amz-meta-origin"] = "form", ["success_action_status"] = "201" },
        });

        using var answer = await SendAsync(post, TestContent.Bytes(10));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        var info = (await Bucket.FindAsync("form/a b.txt"))!;
        Assert.That(info.ContentType, Is.EqualTo("text/form"));
        Assert.That(info.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["origin"] = "form" }));
        TestContent.AssertSame(await Bucket.ReadBytesAsync("form/a b.txt"), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task Post_WithAPrefix_TakesTheFileName()
    {
        var post = await Bucket.PresignPostAsync("inbox/", new PresignPostOptions { KeyIsPrefix = true });

        using var answer = await SendAsync(post, TestContent.Bytes(10), fileName: "photo.jpg");

        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
        Assert.That(await KeysAsync(Bucket, "inbox/"), Is.EqualTo(["inbox/photo.jpg"]));
    }

    [TestCase(4)]
    [TestCase(11)]
    public async Task Post_LengthOutOfRange_IsRefused(int size)
    {
        var post = await Bucket.PresignPostAsync(
            "ranged", new PresignPostOptions { MinContentLengthBytes = 5, MaxContentLengthBytes = 10 });

        using var answer = await SendAsync(post, TestContent.Bytes(size));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await Bucket.ExistsAsync("ranged"), Is.False);
    }

    [Test]
    public async Task Post_WithAnotherKey_IsRefused()
    {
        var post = await Bucket.PresignPostAsync("fixed");
        var changed = post with { Fields = new Dictionary<string, string>(post.Fields) { ["key"] = "stolen" } };

        using var answer = await SendAsync(changed, TestContent.Bytes(10));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await Bucket.ExistsAsync("stolen"), Is.False);
    }

    [Test]
    public async Task Post_WithAFieldThatThePolicyDoesNotName_IsRefused()
    {
        var post = await Bucket.PresignPostAsync("extra");
        var changed = post with { Fields = new Dictionary<string, string>(post.Fields) { ["x-amz-meta-added"] = "1" } };

        using var answer = await SendAsync(changed, TestContent.Bytes(10));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Post_AsText_HidesTheFields()
    {
        var post = await Bucket.PresignPostAsync("hidden");

        Assert.That(
            post.ToString(),
            Does.Not.Contain("ignature").And.Not.Contain(
                post.Fields.Single(field => field.Key.Equals("policy", StringComparison.OrdinalIgnoreCase)).Value));
    }

    private async Task<HttpResponseMessage> SendAsync(PresignedPost post, ReadOnlyMemory<byte> file, string fileName = "file.bin")
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in post.Fields)
        {
            var field = new StringContent(value);
            field.Headers.ContentType = null;
            form.Add(field, name);
        }

        form.Add(new ReadOnlyMemoryContent(file), "file", fileName);
        return await Store.Http.PostAsync(post.Uri, form);
    }
}
