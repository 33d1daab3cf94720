using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Authentication;

public sealed class PresignedRequestTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Test]
    public async Task AuthenticateAsync_Presigned_IsAcceptedWithAnyPayload()
    {
        S3HttpRequest request = new SignedRequest { Method = "GET", RawQuery = "versionId=3" }.Presign(Hour);

        AuthenticatedRequest result = await SignedRequest.Server().AuthenticateAsync(request, default);

        Assert.That(result.Identity, Is.EqualTo(SignedRequest.User));
        Assert.That(result.SigningRegion, Is.EqualTo(SignedRequest.Region));
    }

    [TestCase(3_599, true)]
    [TestCase(3_600, false)]
    public async Task AuthenticateAsync_Expiry_FollowsTheServersClock(int secondsLater, bool isAccepted)
    {
        Authenticator server = SignedRequest.Server(serverClock: new FakeTimeProvider(SignedRequest.Now.AddSeconds(secondsLater)));
        S3HttpRequest request = new SignedRequest { Method = "GET" }.Presign(Hour);

        if (isAccepted)
        {
            Assert.That(async () => await server.AuthenticateAsync(request, default), Throws.Nothing);
            return;
        }

        S3Error error = await Refusal.OfAsync(server, request);
        Assert.That((error.Code, error.Status, error.Message), Is.EqualTo(("AccessDenied", 403, "Request has expired")));
        Assert.That(error.Detail("X-Amz-Expires"), Is.EqualTo("3600"));
        Assert.That(error.Detail("Expires"), Is.EqualTo("2026-11-22T13:00:00Z"));
    }

    [Test]
    public async Task AuthenticateAsync_SignedInTheFuture_IsNotValidYet()
    {
        S3HttpRequest request = new SignedRequest { Method = "GET", Time = SignedRequest.Now.AddMinutes(16) }.Presign(Hour);

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request);

        Assert.That((error.Code, error.Message), Is.EqualTo(("AccessDenied", "Request is not valid yet")));
    }

    [TestCase("X-Amz-Expires=3600", "X-Amz-Expires=604801", "must be less than a week")]
    [TestCase("X-Amz-Expires=3600", "X-Amz-Expires=-1", "must be non-negative")]
    [TestCase("X-Amz-Expires=3600", "X-Amz-Expires=soon", "should be a number")]
    [TestCase("X-Amz-Expires=3600", "x=y", "requires the X-Amz-Algorithm")]
    [TestCase("X-Amz-SignedHeaders=host", "x=y", "requires the X-Amz-Algorithm")]
    [TestCase("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=MD5", "X-Amz-Algorithm only supports")]
    [TestCase("X-Amz-Date=20261122T120000Z", "X-Amz-Date=2026-11-22", "ISO8601 Long Format")]
    [TestCase("X-Amz-Date=20261122T120000Z", "X-Amz-Date=20261123T120000Z", "Invalid credential date")]
    [TestCase("AKTEST%2F", "", "the Credential is mal-formed")]
    [TestCase("%2Fs3%2F", "%2Fsqs%2F", "incorrect service")]
    public async Task AuthenticateAsync_MalformedQuery_SaysWhatIsWrong(string part, string replacement, string expected)
    {
        S3HttpRequest request = new SignedRequest { Method = "GET" }
            .Presign(Hour, query => query.Replace(part, replacement, StringComparison.Ordinal));

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request);

        Assert.That((error.Code, error.Status), Is.EqualTo(("AuthorizationQueryParametersError", 400)));
        Assert.That(error.Message, Does.Contain(expected));
    }

    [TestCase("X-Amz-Expires=3600", "X-Amz-Expires=7200")]
    [TestCase("versionId=3", "versionId=4")]
    [TestCase("X-Amz-Signature=", "X-Amz-Signature=0")]
    public async Task AuthenticateAsync_QueryChanged_IsRefused(string part, string replacement)
    {
        S3HttpRequest request = new SignedRequest { Method = "GET", RawQuery = "versionId=3" }
            .Presign(Hour, query => query.Replace(part, replacement, StringComparison.Ordinal));

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request);

        Assert.That(error.Code, Is.EqualTo("SignatureDoesNotMatch"));
    }

    [Test]
    public async Task AuthenticateAsync_ParameterAdded_IsRefused()
    {
        S3HttpRequest request = new SignedRequest { Method = "GET" }.Presign(Hour, query => query + "&acl");

        Assert.That((await Refusal.OfAsync(SignedRequest.Server(), request)).Code, Is.EqualTo("SignatureDoesNotMatch"));
    }

    [Test]
    public async Task AuthenticateAsync_UnsignedAmzHeader_IsRefused()
    {
        var request = new SignedRequest();
        request.Unsigned.Add(new("x-amz-acl", "public-read"));

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request.Presign(Hour));

        Assert.That(error.Detail("HeadersNotSigned"), Is.EqualTo("x-amz-acl"));
    }

    [Test]
    public async Task AuthenticateAsync_SignatureVersion2_IsRefused()
    {
        var request = new SignedRequest { Method = "GET", RawQuery = "AWSAccessKeyId=AK&Expires=1&Signature=x" };

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request.Anonymous());

        Assert.That((error.Code, error.Status), Is.EqualTo(("InvalidRequest", 400)));
        Assert.That(error.Message, Does.EndWith("Please use AWS4-HMAC-SHA256."));
    }
}
