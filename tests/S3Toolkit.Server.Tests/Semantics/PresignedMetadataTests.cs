using System.Net;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>URLs as the SDKs of JavaScript and Ruby presign them: what were headers is in the query.</summary>
public sealed class PresignedMetadataTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task Put_MetadataInTheQuery_IsStored()
    {
        Assert.That(await PutAsync("x-amz-meta-a=b%20c&x-amz-meta-d=e"), Is.EqualTo(HttpStatusCode.OK));

        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");
        Assert.That((head.Metadata["a"], head.Metadata["d"]), Is.EqualTo(("b c", "e")));
    }

    [Test]
    public async Task Put_OtherHeadersInTheQuery_AreIgnored()
    {
        Assert.That(await PutAsync("x-amz-storage-class=STANDARD_IA&x-amz-tagging=a%3Db"), Is.EqualTo(HttpStatusCode.OK));

        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");
        Assert.That(head.StorageClass, Is.Null);
        Assert.That((await Client.GetObjectTaggingAsync(new() { BucketName = Bucket, Key = "k" })).Tagging ?? [], Is.Empty);
    }

    [TestCase("x-amz-meta-a=b", "x-amz-meta-a=c")]
    [TestCase("x-amz-meta-a=b", "x-amz-meta-a=b&x-amz-meta-d=e")]
    public async Task Put_MetadataThatWasNotSigned_IsRefused(string query, string sent) =>
        Assert.That(await PutAsync(query, sent), Is.EqualTo(HttpStatusCode.Forbidden));

    [Test]
    public async Task Put_MoreMetadataThanFits_IsRefused() =>
        Assert.That(await PutAsync("x-amz-meta-a=" + new string('x', 3000)), Is.EqualTo(HttpStatusCode.BadRequest));

    [Test]
    public async Task Put_MetadataInAQueryThatNobodySigned_IsIgnored()
    {
        (int status, _) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "x-amz-meta-a=b", "x");

        Assert.That(status, Is.EqualTo(200));
        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).Metadata.Count, Is.Zero);
    }

    private async Task<HttpStatusCode> PutAsync(string query, string? sent = null)
    {
        RequestSigner signer = new(
            new SigningCredential(Server.AccessKeyId, Server.SecretAccessKey), Server.Region, new SigningKeyCache());
        string presigned = signer.Presign(
            "PUT", $"/{Bucket}/k", query, [new HeaderField("host", Server.Endpoint.Authority)], TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(5));
        if (sent is not null) presigned = presigned.Replace(query, sent, StringComparison.Ordinal);
        using HttpClient http = CreateHttpClient();
        using ByteArrayContent content = new([1]);
        using HttpResponseMessage response = await http.PutAsync(new Uri(Server.Endpoint, $"/{Bucket}/k?{presigned}"), content);
        return response.StatusCode;
    }
}
