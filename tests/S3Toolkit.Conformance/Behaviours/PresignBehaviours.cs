using System.Net;

namespace S3Toolkit.Conformance;

/// <summary>Requests that are sent by a plain <see cref="HttpClient"/>, with no credentials.</summary>
public abstract class PresignBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    [Test]
    public async Task Get_Unsigned_IsRefused()
    {
        await Bucket.PutAsync("private", TestContent.Bytes(10));
        var presigned = await Bucket.PresignGetAsync("private", Lifetime);

        using var answer = await Store.Http.GetAsync(new Uri(presigned.Uri.GetLeftPart(UriPartial.Path)));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Get_Presigned_HasTheContent()
    {
        await Bucket.Upload("get").WithContentType("text/own").FromMemoryAsync(TestContent.Bytes(10));

        var presigned = await Bucket.PresignGetAsync("get", Lifetime);
        using var answer = await Store.Http.GetAsync(presigned.Uri);

        Assert.That(presigned.Method, Is.EqualTo("GET"));
        Assert.That(presigned.ExpiresAt, Is.EqualTo(TimeProvider.System.GetUtcNow() + Lifetime).Within(TimeSpan.FromMinutes(1)));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/own"));
        TestContent.AssertSame(await answer.Content.ReadAsByteArrayAsync(), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task Get_WithResponseHeaders_AnswersWithThem()
    {
        await Bucket.PutAsync("named", TestContent.Bytes(10));

        var presigned = await Bucket.PresignAsync("named", new PresignOptions
        {
            ResponseContentDisposition = "attachment; filename=\"ä b.txt\"",
            ResponseContentType = "text/override",
        });
        using var answer = await Store.Http.GetAsync(presigned.Uri);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/override"));
        Assert.That(answer.Content.Headers.NonValidated["Content-Disposition"].ToString(), Does.StartWith("attachment; filename="));
    }

    [Test]
    public async Task Get_OfAVersion_HasItsContent()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await bucket.PutAsync("v", TestContent.Bytes(10));
        await bucket.PutAsync("v", TestContent.Bytes(20));

        var presigned = await bucket.PresignAsync("v", new PresignOptions { VersionId = first.VersionId });

        TestContent.AssertSame(await Store.Http.GetByteArrayAsync(presigned.Uri), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task Put_Presigned_Writes()
    {
        var presigned = await Bucket.PresignPutAsync("put", Lifetime);

        using var answer = await SendAsync(presigned, TestContent.Bytes(10));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        TestContent.AssertSame(await Bucket.ReadBytesAsync("put"), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task Put_WithRequiredHeaders_NeedsJustThose()
    {
        var presigned = await Bucket.PresignAsync("strict", new PresignOptions
        {
            Operation = PresignedOperation.Put,
            ContentType = "text/strict",
            Headers = new Dictionary<string, string> { ["x-amz-meta-origin"] = "browser" },
        });

        using var wrong = await SendAsync(presigned, TestContent.Bytes(10), contentType: "text/other");
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await Bucket.ExistsAsync("strict"), Is.False);

        using var right = await SendAsync(presigned, TestContent.Bytes(10));
        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.OK), await right.Content.ReadAsStringAsync());
        var info = (await Bucket.FindAsync("strict"))!;
        Assert.That(info.ContentType, Is.EqualTo("text/strict"));
        Assert.That(info.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["origin"] = "browser" }));
    }

    [Test]
    public async Task Head_Presigned_TellsTheFacts()
    {
        await Bucket.PutAsync("head", TestContent.Bytes(10));

        var presigned = await Bucket.PresignAsync("head", new PresignOptions { Operation = PresignedOperation.Head });
        using var answer = await SendAsync(presigned, null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(10));
    }

    [Test]
    public async Task Delete_Presigned_Deletes()
    {
        await Bucket.PutAsync("delete", TestContent.Bytes(10));

        var presigned = await Bucket.PresignAsync("delete", new PresignOptions { Operation = PresignedOperation.Delete });
        using var answer = await SendAsync(presigned, null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await Bucket.ExistsAsync("delete"), Is.False);
    }

    [Test]
    public async Task Presigned_ForAnotherMethodOrKey_IsRefused()
    {
        await Bucket.PutAsync("mine", TestContent.Bytes(10));
        await Bucket.PutAsync("yours", TestContent.Bytes(10));
        var presigned = await Bucket.PresignGetAsync("mine", Lifetime);

        using var asDelete = await Store.Http.DeleteAsync(presigned.Uri);
        using var otherKey = await Store.Http.GetAsync(
            new Uri(presigned.Uri.OriginalString.Replace("/mine?", "/yours?", StringComparison.Ordinal)));

        Assert.That(asDelete.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(otherKey.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await Bucket.ExistsAsync("mine"), Is.True);
    }

    [TestCase(0)]
    [TestCase(-5)]
    [TestCase((7 * 24 * 3600) + 1)]
    public void Presign_LivesTooLongOrNotAtAll_IsTheCallersMistake(int seconds) => Assert.That(
        async () => await Bucket.PresignGetAsync("any", TimeSpan.FromSeconds(seconds)),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("7 days"));

    [Test]
    public async Task Presigned_AsText_HidesTheSignature()
    {
        var presigned = await Bucket.PresignGetAsync("secret", Lifetime);

        Assert.That(presigned.Uri.Query, Does.Contain("X-Amz-Signature="));
        Assert.That(presigned.ToString(), Does.Not.Contain("Signature").And.Contain("/secret"));
    }

    private async Task<HttpResponseMessage> SendAsync(PresignedRequest presigned, ReadOnlyMemory<byte>? body, string? contentType = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(presigned.Method), presigned.Uri);
        if (body is { } bytes) request.Content = new ReadOnlyMemoryContent(bytes);
        foreach (var (name, value) in presigned.RequiredHeaders)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) request.Content!.Headers.TryAddWithoutValidation(
                name, contentType ?? value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Store.Http.SendAsync(request);
    }
}
