using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Replication;

/// <summary>Who may bring a version with an id and a time of its own: see ADR 11.</summary>
public sealed class ReplicaHeaderTests(ServerMode mode) : ServerFixture(mode)
{
    private const string VersionHeader = "x-amz-s3toolkit-replica-version";
    private const string ModifiedHeader = "x-amz-s3toolkit-replica-modified";
    private static readonly string Version = new('a', 32);

    [SetUp]
    public Task EnableVersioning() => EnableVersioningAsync();

    [Test]
    public async Task Put_SignedByTheOwner_KeepsIdAndTime()
    {
        (int status, _) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", (VersionHeader, Version), (ModifiedHeader, "1000"));

        S3ObjectVersion version = (await VersionsAsync()).Single();
        Assert.That((status, version.VersionId), Is.EqualTo((200, Version)));
        Assert.That(version.LastModified, Is.EqualTo(DateTime.UnixEpoch.AddSeconds(1000)));
    }

    [Test]
    public async Task Put_WithoutATime_IsRefused()
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", (VersionHeader, Version));

        Assert.That((status, body.Contains("<Code>InvalidRequest</Code>", StringComparison.Ordinal)), Is.EqualTo((400, true)));
    }

    [TestCase(false)] // whoever has the URL adds them
    [TestCase(true)] // the owner signed them into it
    public async Task Put_PresignedUrl_IsRefused(bool isSigned)
    {
        GetPreSignedUrlRequest request = new()
        {
            BucketName = Bucket, Key = "k", Verb = HttpVerb.PUT, Expires = DateTime.UtcNow.AddMinutes(5),
            Protocol = Mode == ServerMode.Socket || Server.Endpoint.Scheme == "http" ? Protocol.HTTP : Protocol.HTTPS,
        };
        if (isSigned) (request.Headers[VersionHeader], request.Headers[ModifiedHeader]) = (Version, "1000");
        Uri url = new(await Client.GetPreSignedURLAsync(request));
        using HttpClient http = CreateHttpClient();

        using HttpRequestMessage plain = new(HttpMethod.Put, url) { Content = new ByteArrayContent([1]) };
        using HttpRequestMessage forged = new(HttpMethod.Put, url) { Content = new ByteArrayContent([1]) };
        forged.Headers.Add(VersionHeader, Version);
        forged.Headers.Add(ModifiedHeader, "1000");
        using HttpResponseMessage refused = await http.SendAsync(forged);
        using HttpResponseMessage other = await http.SendAsync(plain);

        Assert.That(((int)refused.StatusCode, (int)other.StatusCode), Is.EqualTo((403, isSigned ? 403 : 200)));
        Assert.That((await VersionsAsync()).Select(item => item.VersionId), Does.Not.Contain(Version));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Post_Form_IsRefused(bool isField)
    {
        Dictionary<string, string> fields = isField
            ? SignedForm.Create(Server, Bucket, "k", 0, 10, (VersionHeader, Version), (ModifiedHeader, "1000"))
            : SignedForm.Create(Server, Bucket, "k", 0, 10);
        const string boundary = "b";
        using HttpClient http = CreateHttpClient();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(Server.Endpoint, "/" + Bucket))
        {
            Content = new StringContent(SignedForm.Encode(fields, "f", "x", boundary, $"\r\n--{boundary}--\r\n")),
        };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
        if (!isField) request.Headers.Add(VersionHeader, Version);
        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(403));
        Assert.That(await VersionsAsync(), Is.Empty);
    }

    private async Task<List<S3ObjectVersion>> VersionsAsync() =>
        (await Client.ListVersionsAsync(new ListVersionsRequest { BucketName = Bucket })).Versions ?? [];
}
