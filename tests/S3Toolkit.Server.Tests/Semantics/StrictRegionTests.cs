using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class StrictRegionTests(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options) => options.StrictRegions = true;

    [Test]
    public async Task Request_FromTheServersRegion_IsRedirectedToTheBuckets()
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "eu-bucket", BucketRegionName = "eu-west-1" });

        AmazonS3Exception error = await ErrorOf(() => Client.ListObjectsV2Async(new() { BucketName = "eu-bucket" }));

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.MovedPermanently, "PermanentRedirect")));
    }

    [TestCase("us-east-1")]
    [TestCase("nowhere")]
    [TestCase("eu-west-")]
    public async Task CreateBucket_ConstraintThatIsNone_IsInvalid(string constraint)
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, "/new-bucket", "",
            $"<CreateBucketConfiguration><LocationConstraint>{constraint}</LocationConstraint></CreateBucketConfiguration>");

        Assert.That((status, body.Contains("<Code>InvalidLocationConstraint</Code>")), Is.EqualTo((400, true)), body);
    }

    [TestCase("us-gov-east-1", 200)]
    [TestCase("ap-southeast-7", 200)]
    [TestCase("nowhere", 400)]
    public async Task ListBuckets_OfARegion_TakesNamesOfRegions(string region, int expected)
    {
        (int status, string body) = await SendAsync(HttpMethod.Get, "/", "bucket-region=" + region);

        Assert.That(status, Is.EqualTo(expected), body);
        if (expected == 400) Assert.That(body, Does.Contain($"Argument value {region} is not a valid AWS Region"));
    }

    [Test]
    public async Task Request_SignedForAThirdRegion_NamesTheRightOne()
    {
        using AmazonS3Client elsewhere = CreateClient(configure: config => config.AuthenticationRegion = "ap-south-1");

        AmazonS3Exception error = await ErrorOf(() => elsewhere.ListObjectsV2Async(new() { BucketName = Bucket }));

        Assert.That(error.ErrorCode, Is.EqualTo("AuthorizationHeaderMalformed"));
        Assert.That(error.Message, Does.Contain("'us-east-1'"));
    }

    [Test]
    public async Task Presigned_ForAThirdRegion_NamesTheRightOne()
    {
        using AmazonS3Client elsewhere = CreateClient(configure: config => config.AuthenticationRegion = "ap-south-1");
        using HttpClient http = CreateHttpClient();
        string url = await elsewhere.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = Bucket, Key = "k", Protocol = Protocol.HTTP, Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        });

        using HttpResponseMessage response = await http.GetAsync(url);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(),
            Does.Contain("AuthorizationQueryParametersError").And.Contains("<Region>us-east-1</Region>"));
    }

    [Test]
    public async Task PostForm_SignedForAnotherRegion_NamesTheRightOne()
    {
        RequestSigner signer = new(new SigningCredential(Server.AccessKeyId, Server.SecretAccessKey), "ap-south-1", new SigningKeyCache());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string policy = Convert.ToBase64String(Encoding.UTF8.GetBytes("{}"));
        string scope = $"{Server.AccessKeyId}/{now:yyyyMMdd}/ap-south-1/s3/aws4_request";
        using HttpClient http = CreateHttpClient();
        using MultipartFormDataContent form = new()
        {
            { new StringContent("k"), "key" }, { new StringContent(policy), "policy" },
            { new StringContent(SigV4.Algorithm), SigV4.AlgorithmParameter }, { new StringContent(scope), SigV4.CredentialParameter },
            { new StringContent(SigningTime.Format(now)), SigV4.DateParameter },
            { new StringContent(signer.SignPolicy(policy, now)), SigV4.SignatureParameter }, { new StringContent("x"), "file", "f" },
        };

        using HttpResponseMessage response = await http.PostAsync(new Uri(Server.Endpoint, "/" + Bucket), form);

        Assert.That(await response.Content.ReadAsStringAsync(),
            Does.Contain("AuthorizationQueryParametersError").And.Contains("<Region>us-east-1</Region>"));
    }
}
