using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Operations.Objects;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class DeleteObjectsTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task DeleteObjects_Thousand_AnswersInTheOrderAsked()
    {
        string[] keys = [.. Enumerable.Range(0, 1000).Select(i => $"{i * 7919 % 1000:D4}")];
        await Server.SeedAsync(keys.ToDictionary(key => key, _ => "x"), Bucket);

        DeleteObjectsResponse response = await Client.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = Bucket, Objects = [.. keys.Select(key => new KeyVersion { Key = key })] });

        Assert.That(response.DeletedObjects.Select(item => item.Key), Is.EqualTo(keys));
        Assert.That((await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket })).KeyCount, Is.Zero);
    }

    [Test]
    public async Task DeleteObjects_SameKeySeveralTimes_GoesOneAfterTheOther()
    {
        await EnableVersioningAsync();
        string version = (await PutAsync("k", "1")).VersionId;
        List<KeyVersion> objects = [new() { Key = "k" }, new() { Key = "k", VersionId = version }, new() { Key = "k" }];

        DeleteObjectsResponse response = await Client.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = Bucket, Objects = objects });

        ListVersionsResponse left = await Client.ListVersionsAsync(Bucket);
        Assert.That(response.DeletedObjects.Select(item => item.DeleteMarker ?? false), Is.EqualTo(new[] { true, false, true }));
        Assert.That(left.Versions.Select(item => item.VersionId), Is.EqualTo(new[]
        {
            response.DeletedObjects[2].DeleteMarkerVersionId, response.DeletedObjects[0].DeleteMarkerVersionId,
        }));
    }

    [Test]
    public async Task DeleteObjects_DiskThatFills_IsTheErrorOfItsKey()
    {
        await Server.SeedAsync(new Dictionary<string, string> { ["a"] = "x", ["full"] = "x", ["z"] = "x" }, Bucket);
        IS3Storage storage = StorageProxy.Over(Server.Core.Storage, (name, arguments) =>
            name == nameof(IS3Storage.DeleteAsync) && arguments[1] is DeletionRequest { Key: "full" }
                ? throw new StorageFullException("full")
                : null);

        string answer = await DeleteAsync(storage, "a", "full", "z");

        Assert.That(answer, Does.Contain("<Deleted><Key>a</Key></Deleted><Error><Key>full</Key><Code>InsufficientStorage</Code>"));
        Assert.That(answer, Does.Contain("<Deleted><Key>z</Key></Deleted>"));
    }

    private async Task<string> DeleteAsync(IS3Storage storage, params string[] keys)
    {
        byte[] body = Encoding.UTF8.GetBytes($"<Delete>{string.Concat(keys.Select(key => $"<Object><Key>{key}</Key></Object>"))}</Delete>");
        S3HttpRequest request = new()
        {
            Method = "POST", RawPath = "/" + Bucket, RawQuery = "delete", Body = new MemoryStream(body), ContentLength = body.Length,
            Headers = new S3HeaderCollection { { "Content-MD5", Convert.ToBase64String(MD5.HashData(body)) } },
        };
        ServerCore core = Server.Core with { Storage = storage };
        OperationContext context = new()
        {
            Server = core, Request = request, Caller = core.Users.Root, Target = new S3Target(Bucket, "", false), RequestId = "r",
            Authenticated = RequestBody.Attach(
                request, PayloadHash.Unsigned, null, core.Users.Root, new AuthenticationSettings()),
            Bucket = await core.Storage.FindBucketAsync(Bucket, default),
        };
        S3Response response = await DeleteObjects.InvokeAsync(context, default);
        using MemoryStream written = new();
        await response.Body!.WriteAsync(written, default);
        return Encoding.UTF8.GetString(written.ToArray());
    }
}
