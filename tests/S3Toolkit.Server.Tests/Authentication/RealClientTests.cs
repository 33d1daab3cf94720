using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CsCheck;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Authentication;

/// <summary>What the real AmazonS3Client sends is accepted, byte for byte.</summary>
public sealed class RealClientTests
{
    // No key starts with a slash: in path style the SDK (4.0.104) signs "/bucket//key" and sends "/bucket/key", which AWS refuses too.
    private static readonly Gen<string> Key = Gen.OneOf(
        Gen.OneOf<string>(
            " ", "+", "%", "%2F", "//", "./", "../", "~", "*", "'", "(", ")", "!", "$", "&", "=", "?", "#", ";", "ä", "日",
            "\U0001F600", "a", "Z")
            .Array[1, 8].Select(string.Concat).Where(key => key[0] != '/'),
        Gen.OneOf<string>(new string('k', 1_024), "a//b", "a/./b", "a/../b", "tail/"));

    private CapturingHandler _wire = null!;
    private AmazonS3Client _client = null!;
    private Authenticator _server = null!;

    [SetUp]
    public void SetUp()
    {
        _wire = new CapturingHandler();
        _client = new AmazonS3Client(
            new BasicAWSCredentials(SignedRequest.AccessKeyId, SignedRequest.Secret),
            new AmazonS3Config
            {
                ServiceURL = "http://localhost:9000", AuthenticationRegion = SignedRequest.Region, ForcePathStyle = true,
                HttpClientFactory = _wire.AsFactory(), MaxErrorRetry = 0,
            });
        _server = new Authenticator(SignedRequestStore.Instance, new AuthenticationSettings(), TimeProvider.System, TimeProvider.System);
    }

    [TearDown]
    public void TearDown() => _client.Dispose();

    [Test]
    public async Task PutObject_AnyKeyAndBody_IsAcceptedAndDecoded() =>
        await Gen.Select(Key, Gen.Byte.Array[0, 200_000]).SampleAsync(async (key, payload) =>
        {
            int before = _wire.Requests.Count;
            await Send(() => _client.PutObjectAsync(new PutObjectRequest
            {
                BucketName = "bucket", Key = key, InputStream = new MemoryStream(payload), ContentType = "text/plain;  charset=utf-8",
            }));

            AuthenticatedRequest request = await _server.AuthenticateAsync(_wire.Requests[before], default);

            Assert.That(request.IsAwsChunked, Is.True);
            Assert.That(await HeaderSignatureTests.ReadAsync(request.Body), Is.EqualTo(payload));
            Assert.That(request.Trailers.Select(t => t.Key), Has.One.StartsWith("x-amz-checksum-"));
            Assert.That(request.DecodedContentLength, Is.EqualTo(payload.Length));
        }, iter: 40, threads: 1);

    [Test]
    public async Task GetObject_AnyKey_IsAccepted() =>
        await Key.SampleAsync(async key =>
        {
            int before = _wire.Requests.Count;
            await Send(() => _client.GetObjectAsync(new GetObjectRequest { BucketName = "bucket", Key = key, VersionId = "v/+ 1" }));

            AuthenticatedRequest request = await _server.AuthenticateAsync(_wire.Requests[before], default);

            Assert.That(request.Identity.AccessKeyId, Is.EqualTo(SignedRequest.AccessKeyId));
        }, iter: 60, threads: 1);

    [Test]
    public async Task PreSignedUrl_AnyKey_IsAccepted() =>
        await Key.SampleAsync(async key =>
        {
            string url = await _client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
            {
                BucketName = "bucket", Key = key, Protocol = Protocol.HTTP,
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            });
            string[] parts = url["http://localhost:9000".Length..].Split('?', 2);
            S3HeaderCollection headers = [];
            headers.Add("Host", "localhost:9000");

            AuthenticatedRequest request = await _server.AuthenticateAsync(
                new S3HttpRequest { Method = "GET", RawPath = parts[0], RawQuery = parts[1], Headers = headers, Body = Stream.Null },
                default);

            Assert.That(request.Identity.AccessKeyId, Is.EqualTo(SignedRequest.AccessKeyId));
        }, iter: 60, threads: 1);

    /// <summary>Sends, and does not mind that the captured request has no proper answer.</summary>
    private static async Task Send(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (AmazonClientException)
        {
            // The wire answers 200 with nothing in it, which some calls refuse; the request is what counts.
        }
    }
}
