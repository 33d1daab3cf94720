using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Authentication;

public sealed class HeaderSignatureTests
{
    [Test]
    public async Task AuthenticateAsync_SignedRequest_TellsWhoAndWhere()
    {
        var request = new SignedRequest { Body = [1, 2, 3], RawPath = "/bucket/a%20b%2Bc//./..", RawQuery = "uploadId=x&partNumber=1" };

        AuthenticatedRequest result = await SignedRequest.Server().AuthenticateAsync(request.SignHeaders(), default);

        Assert.That(result.Identity, Is.EqualTo(SignedRequest.User));
        Assert.That(result.SigningRegion, Is.EqualTo(SignedRequest.Region));
        Assert.That(result.DecodedContentLength, Is.EqualTo(3));
        Assert.That(result.IsAwsChunked, Is.False);
        Assert.That(await ReadAsync(result.Body), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task AuthenticateAsync_WrongSecret_ShowsWhatWasSigned()
    {
        var request = new SignedRequest { SigningSecret = "another" };

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request.SignHeaders());

        Assert.That((error.Code, error.Status), Is.EqualTo(("SignatureDoesNotMatch", 403)));
        Assert.That(error.Detail("AWSAccessKeyId"), Is.EqualTo(SignedRequest.AccessKeyId));
        Assert.That(error.Detail("CanonicalRequest"), Does.StartWith("PUT\n/bucket/key\n\nhost:localhost:9000\n"));
        Assert.That(
            error.Detail("StringToSign"), Does.StartWith("AWS4-HMAC-SHA256\n20261122T120000Z\n20261122/eu-west-1/s3/aws4_request\n"));
        Assert.That(error.Detail("StringToSignBytes"), Does.StartWith("41 57 53 34 2d"));
        Assert.That(error.Detail("CanonicalRequestBytes"), Does.StartWith("50 55 54 0a 2f"));
        Assert.That(error.Details.Select(d => d.Value), Has.None.Contains(SignedRequest.Secret));
    }

    [TestCase("x-amz-acl", "public-read")]
    [TestCase("host", "evil.example")]
    public async Task AuthenticateAsync_SignedHeaderChanged_IsRefused(string header, string value)
    {
        var request = new SignedRequest();
        request.Headers.Add(new("x-amz-acl", "private"));

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request.SignHeaders(h => h.Set(header, value)));

        Assert.That(error.Code, Is.EqualTo("SignatureDoesNotMatch"));
    }

    [Test]
    public async Task AuthenticateAsync_SignedHeaderRemoved_IsRefused()
    {
        var request = new SignedRequest();
        request.Headers.Add(new("content-type", "text/plain"));

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request.SignHeaders(h => h.Remove("content-type")));

        Assert.That(error.Code, Is.EqualTo("SignatureDoesNotMatch"));
    }

    [Test]
    public async Task AuthenticateAsync_UnsignedAmzHeader_IsRefusedByName()
    {
        var request = new SignedRequest();
        request.Unsigned.Add(new("X-Amz-Meta-Added", "later"));

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request.SignHeaders());

        Assert.That((error.Code, error.Status), Is.EqualTo(("AccessDenied", 403)));
        Assert.That(error.Message, Is.EqualTo("There were headers present in the request which were not signed"));
        Assert.That(error.Detail("HeadersNotSigned"), Is.EqualTo("x-amz-meta-added"));
    }

    [Test]
    public async Task AuthenticateAsync_UnsignedHost_IsRefused()
    {
        var request = new SignedRequest();
        request.Unsigned.Add(request.Headers[0]);
        request.Headers.Clear();

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request.SignHeaders());

        Assert.That(error.Detail("HeadersNotSigned"), Is.EqualTo("host"));
    }

    [Test]
    public async Task AuthenticateAsync_UnknownKey_IsInvalidAccessKeyId()
    {
        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), new SignedRequest { Key = "AKNOBODY" }.SignHeaders());

        Assert.That((error.Code, error.Status), Is.EqualTo(("InvalidAccessKeyId", 403)));
        Assert.That(error.Detail("AWSAccessKeyId"), Is.EqualTo("AKNOBODY"));
    }

    [TestCase(15, true)]
    [TestCase(16, false)]
    [TestCase(-15, true)]
    [TestCase(-16, false)]
    public async Task AuthenticateAsync_ClockSkew_AllowsFifteenMinutes(int minutes, bool isAccepted)
    {
        S3HttpRequest request = new SignedRequest { Time = SignedRequest.Now.AddMinutes(minutes) }.SignHeaders();

        if (isAccepted)
        {
            Assert.That(async () => await SignedRequest.Server().AuthenticateAsync(request, default), Throws.Nothing);
            return;
        }

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request);
        Assert.That((error.Code, error.Status), Is.EqualTo(("RequestTimeTooSkewed", 403)));
        Assert.That(error.Detail("ServerTime"), Is.EqualTo("2026-11-22T12:00:00Z"));
        Assert.That(error.Detail("MaxAllowedSkewMilliseconds"), Is.EqualTo("900000"));
    }

    [Test]
    public void AuthenticateAsync_ServerClockMoved_StillAcceptsFreshSignatures() => Assert.That(
        async () => await SignedRequest.Server(serverClock: new FakeTimeProvider(SignedRequest.Now.AddYears(1)))
            .AuthenticateAsync(new SignedRequest().SignHeaders(), default),
        Throws.Nothing);

    [TestCase("AWS4-HMAC-SHA256 Credential=AK/20261122/eu-west-1/s3/aws4_request, SignedHeaders=host", "three components")]
    [TestCase("AWS4-HMAC-SHA256", "three components")]
    [TestCase("AWS4-HMAC-SHA256 Credential=AK/20261122/eu-west-1/s3,SignedHeaders=host,Signature=a",
        "the Credential is mal-formed")]
    [TestCase("AWS4-HMAC-SHA256 Credential=AK/2026/eu-west-1/s3/aws4_request,SignedHeaders=host,Signature=a",
        "incorrect date format")]
    [TestCase("AWS4-HMAC-SHA256 Credential=AK/20261122/eu-west-1/ec2/aws4_request,SignedHeaders=host,Signature=a",
        "incorrect service \"ec2\"")]
    [TestCase("AWS4-HMAC-SHA256 Credential=AK/20261122/eu-west-1/s3/aws4,SignedHeaders=host,Signature=a",
        "incorrect terminal \"aws4\"")]
    [TestCase("AWS4-HMAC-SHA256 Credential=AK/20200101/eu-west-1/s3/aws4_request,SignedHeaders=host,Signature=a",
        "Invalid credential date")]
    [TestCase("AWS4-HMAC-SHA256 Credential=A, Credential=B, SignedHeaders=host, Signature=a", "three components")]
    public async Task AuthenticateAsync_MalformedHeader_SaysWhatIsWrong(string header, string expected)
    {
        S3Error error = await Refusal.OfAsync(
            SignedRequest.Server(), new SignedRequest().SignHeaders(h => h.Set("Authorization", header)));

        Assert.That((error.Code, error.Status), Is.EqualTo(("AuthorizationHeaderMalformed", 400)));
        Assert.That(error.Message, Does.StartWith("The authorization header is malformed; ").And.Contains(expected));
    }

    [TestCase("AWS AKTEST:c2lnbmF0dXJl", "InvalidRequest", 400)]
    [TestCase("Basic dXNlcjpwYXNzd29yZA==", "InvalidArgument", 400)]
    [TestCase("AWS4-ECDSA-P256-SHA256 Credential=x", "NotImplemented", 501)]
    public async Task AuthenticateAsync_AnotherMechanism_IsRefused(string header, string code, int status)
    {
        S3Error error = await Refusal.OfAsync(
            SignedRequest.Server(), new SignedRequest().SignHeaders(h => h.Set("Authorization", header)));

        Assert.That((error.Code, error.Status), Is.EqualTo((code, status)));
        Assert.That(error.Details.Select(d => d.Value), Has.None.Contains("dXNlcjpwYXNzd29yZA"));
        if (code == "InvalidRequest") Assert.That(error.Message, Does.EndWith("Please use AWS4-HMAC-SHA256."));
    }

    [Test]
    public async Task AuthenticateAsync_HeaderAndQuery_IsRefused()
    {
        var request = new SignedRequest { RawQuery = "X-Amz-Algorithm=AWS4-HMAC-SHA256" };

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request.SignHeaders());

        Assert.That(error.Code, Is.EqualTo("InvalidArgument"));
        Assert.That(error.Message, Does.StartWith("Only one auth mechanism allowed"));
    }

    [TestCase("x-amz-date", "AccessDenied")]
    [TestCase("x-amz-content-sha256", "InvalidRequest")]
    public async Task AuthenticateAsync_MissingHeader_IsRefused(string header, string code)
    {
        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), new SignedRequest().SignHeaders(h => h.Remove(header)));

        Assert.That(error.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task AuthenticateAsync_DateHeaderInsteadOfAmzDate_IsAccepted()
    {
        var request = new SignedRequest();
        request.Headers.Add(new("date", "Sun, 22 Nov 2026 12:00:00 GMT"));
        HeaderOnlyDate(request, out S3HttpRequest signed);

        AuthenticatedRequest result = await SignedRequest.Server().AuthenticateAsync(signed, default);

        Assert.That(result.Identity, Is.EqualTo(SignedRequest.User));
    }

    [TestCase("token", null)]
    [TestCase("other", "InvalidToken")]
    [TestCase(null, "InvalidAccessKeyId")]
    public async Task AuthenticateAsync_TemporaryKey_NeedsItsToken(string? token, string? code)
    {
        var request = new SignedRequest { Key = "ASTEMP" };
        if (token is not null) request.Headers.Add(new("x-amz-security-token", token));
        S3HttpRequest signed = request.SignHeaders();

        if (code is null)
        {
            AuthenticatedRequest result = await SignedRequest.Server().AuthenticateAsync(signed, default);
            Assert.That(result.Identity, Is.EqualTo(SignedRequest.TemporaryUser));
            return;
        }

        Assert.That((await Refusal.OfAsync(SignedRequest.Server(), signed)).Code, Is.EqualTo(code));
    }

    [Test]
    public async Task AuthenticateAsync_TokenWithPermanentKey_IsInvalidToken()
    {
        var request = new SignedRequest();
        request.Headers.Add(new("x-amz-security-token", "token"));

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request.SignHeaders());

        Assert.That((error.Code, error.Status), Is.EqualTo(("InvalidToken", 400)));
    }

    [Test]
    public async Task AuthenticateAsync_NoSignature_IsAnonymous()
    {
        AuthenticatedRequest result = await SignedRequest.Server().AuthenticateAsync(
            new SignedRequest { Body = [7] }.Anonymous(), default);

        Assert.That(result.Identity.IsAnonymous, Is.True);
        Assert.That(result.SigningRegion, Is.Null);
        Assert.That(await ReadAsync(result.Body), Is.EqualTo(new byte[] { 7 }));
    }

    internal static async Task<byte[]> ReadAsync(Stream body)
    {
        using var copy = new MemoryStream();
        await body.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static void HeaderOnlyDate(SignedRequest request, out S3HttpRequest signed)
    {
        // Signs without x-amz-date: its own header list is emptied of it before the signature is taken.
        S3Toolkit.Signing.HeaderField[] toSign = [.. request.Headers, new("x-amz-content-sha256", "UNSIGNED-PAYLOAD")];
        var signer = new S3Toolkit.Signing.RequestSigner(
            new S3Toolkit.Signing.SigningCredential(SignedRequest.AccessKeyId, SignedRequest.Secret), SignedRequest.Region,
            new S3Toolkit.Signing.SigningKeyCache());
        string authorization = signer.SignHeaders("PUT", "/bucket/key", "", toSign, "UNSIGNED-PAYLOAD", SignedRequest.Now);
        request.Headers.Add(new("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
        request.Unsigned.Add(new("Authorization", authorization));
        signed = request.Anonymous();
    }
}
