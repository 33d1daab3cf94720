using System.Text;
using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Authentication.Version2;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Authentication.Version2;

public sealed class Version2RequestTests
{
    private const string Date = "Sun, 22 Nov 2026 12:00:00 GMT";

    private static readonly AuthenticationSettings Allowed = new() { AllowVersion2 = true, BaseDomains = ["localhost"] };

    [TestCase("localhost", "/bucket/a%20b", "versionId=3&prefix=x&acl", "/bucket/a%20b?acl&versionId=3")]
    [TestCase("localhost", "/bucket", "versions", "/bucket?versions")]
    [TestCase("localhost", "/bucket", "versions", "/bucket/?versions")]
    [TestCase("bucket.localhost", "/key", "response-content-type=text%2Fplain", "/bucket/key?response-content-type=text/plain")]
    public async Task AuthenticateAsync_Header_IsAccepted(string host, string path, string query, string resource)
    {
        string signature = SigV2.Sign(SignedRequest.Secret, $"GET\n\n\n\nx-amz-date:{Date}\n{resource}");
        S3HttpRequest request = Request(
            path, query, host, ("x-amz-date", Date), ("Authorization", $"AWS {SignedRequest.AccessKeyId}:{signature}"));

        AuthenticatedRequest result = await SignedRequest.Server(Allowed).AuthenticateAsync(request, default);

        Assert.That(result.Identity, Is.EqualTo(SignedRequest.User));
        Assert.That(result.Signature, Is.EqualTo(new SignatureFacts("AWS", "REST-HEADER", SignedRequest.Now)));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task AuthenticateAsync_Presigned_EndsAtItsExpiry(int secondsLater, bool isAccepted)
    {
        Authenticator server = SignedRequest.Server(Allowed, new FakeTimeProvider(SignedRequest.Now.AddSeconds(secondsLater)));
        S3HttpRequest request = Presigned(SignedRequest.Now.ToUnixTimeSeconds());

        if (isAccepted)
        {
            Assert.That((await server.AuthenticateAsync(request, default)).Identity, Is.EqualTo(SignedRequest.User));
            return;
        }

        S3Error error = await Refusal.OfAsync(server, request);
        Assert.That((error.Code, error.Message), Is.EqualTo(("AccessDenied", "Request has expired")));
        Assert.That(error.Detail("Expires"), Is.EqualTo("2026-11-22T12:00:00Z"));
    }

    [TestCase("retention")]
    [TestCase("legal-hold")]
    [TestCase("attributes")]
    [TestCase("publicAccessBlock")]
    [TestCase("ownershipControls")]
    [TestCase("encryption")]
    [TestCase("policyStatus")]
    public async Task AuthenticateAsync_PresignedWithAParameterThatIsNotSigned_IsRefused(string parameter)
    {
        S3HttpRequest request = Presigned(SignedRequest.Now.ToUnixTimeSeconds() + 60, "&" + parameter);

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(Allowed), request);

        Assert.That((error.Code, error.Message), Is.EqualTo(
            ("AccessDenied", $"A presigned URL of signature version 2 does not cover the parameter '{parameter}'.")));
    }

    [Test]
    public async Task AuthenticateAsync_PresignedListing_IsAccepted()
    {
        S3HttpRequest request = Presigned(SignedRequest.Now.ToUnixTimeSeconds() + 60, "&list-type=2&prefix=a");

        Assert.That((await SignedRequest.Server(Allowed).AuthenticateAsync(request, default)).Identity, Is.EqualTo(SignedRequest.User));
    }

    [TestCase("AWS AKTEST", "InvalidArgument", 400)]
    [TestCase("AWS :x", "InvalidArgument", 400)]
    [TestCase("AWS AKTEST:", "InvalidArgument", 400)]
    [TestCase("AWS AKNONE:FWeDfwojDSdS2Ztmpfeubhd9isU=", "InvalidAccessKeyId", 403)]
    [TestCase("AWS AKTEST:FWeDfwojDSdS2Ztmpfeubhd9isU=", "SignatureDoesNotMatch", 403)]
    [TestCase("AWS AKTEST:=not base64=", "SignatureDoesNotMatch", 403)]
    public async Task AuthenticateAsync_WrongHeader_IsRefused(string authorization, string code, int status)
    {
        S3HttpRequest request = Request("/b/k", "", "localhost", ("Date", Date), ("Authorization", authorization));

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(Allowed), request);

        Assert.That((error.Code, error.Status), Is.EqualTo((code, status)));
    }

    [TestCase("", "AccessDenied")]
    [TestCase("Bad Date", "AccessDenied")]
    [TestCase("Tue, 07 Jul 1950 21:53:04 GMT", "AccessDenied")]
    [TestCase("Sun, 22 Nov 2026 11:44:59 GMT", "RequestTimeTooSkewed")]
    [TestCase("Sun, 22 Nov 2026 12:15:01 +0000", "RequestTimeTooSkewed")]
    [TestCase("Tue, 07 Jul 9999 21:53:04 GMT", "RequestTimeTooSkewed")]
    [TestCase("20261122T120000Z", "SignatureDoesNotMatch")]
    [TestCase("Mon, 22 Nov 2026 12:14:59 GMT", "SignatureDoesNotMatch")]
    public async Task AuthenticateAsync_Date_IsJudgedBeforeTheSignature(string date, string code)
    {
        S3HttpRequest request = Request("/b/k", "", "localhost", ("Date", date), ("Authorization", "AWS AKTEST:c2lnbmF0dXJl"));

        Assert.That((await Refusal.OfAsync(SignedRequest.Server(Allowed), request)).Code, Is.EqualTo(code));
    }

    [TestCase("Signature=x&Expires=1", "requires the Signature, Expires and AWSAccessKeyId")]
    [TestCase("AWSAccessKeyId=AKTEST&Signature=x", "requires the Signature, Expires and AWSAccessKeyId")]
    [TestCase("AWSAccessKeyId=AKTEST&Signature=x&Expires=soon", "seconds since epoch")]
    [TestCase("AWSAccessKeyId=AKTEST&Signature=x&Expires=-1", "seconds since epoch")]
    [TestCase("AWSAccessKeyId=AKTEST&Signature=x&Expires=99999999999999999999", "seconds since epoch")]
    public async Task AuthenticateAsync_MalformedQuery_SaysWhatIsWrong(string query, string expected)
    {
        S3Error error = await Refusal.OfAsync(SignedRequest.Server(Allowed), Request("/b/k", query, "localhost"));

        Assert.That((error.Code, error.Status), Is.EqualTo(("AccessDenied", 403)));
        Assert.That(error.Message, Does.Contain(expected));
    }

    [TestCase("versionId=3", "SignatureDoesNotMatch")]
    [TestCase("prefix=unsigned", "")]
    public async Task AuthenticateAsync_ParameterAdded_IsRefusedWhereItIsSigned(string parameter, string code)
    {
        S3HttpRequest request = Presigned(SignedRequest.Now.ToUnixTimeSeconds(), "&" + parameter);

        Authenticator server = SignedRequest.Server(Allowed);
        if (code.Length == 0) Assert.That(async () => await server.AuthenticateAsync(request, default), Throws.Nothing);
        else Assert.That((await Refusal.OfAsync(server, request)).Code, Is.EqualTo(code));
    }

    [Test]
    public async Task AuthenticateAsync_NotAllowed_IsRefusedInEachForm()
    {
        Authenticator server = SignedRequest.Server();
        S3HttpRequest header = Request("/b/k", "", "localhost", ("Date", Date), ("Authorization", "AWS AKTEST:x"));

        Assert.That((await Refusal.OfAsync(server, header)).Message, Does.EndWith("Please use AWS4-HMAC-SHA256."));
        Assert.That((await Refusal.OfAsync(server, Presigned(1))).Message, Does.EndWith("Please use AWS4-HMAC-SHA256."));
        Assert.That(Refusal.Of(() => server.AuthenticatePost(Form(), "b", null)).Message, Does.EndWith("Please use AWS4-HMAC-SHA256."));
    }

    [Test]
    public void AuthenticatePost_SignedPolicy_IsAccepted() => Assert.That(
        SignedRequest.Server(Allowed).AuthenticatePost(Form(), "b", null), Is.EqualTo(new PostPolicyGrant(SignedRequest.User, 1, 9)));

    [TestCase("signature", null, "InvalidArgument", 400)]
    [TestCase("AWSAccessKeyId", null, "InvalidArgument", 400)]
    [TestCase("policy", null, "InvalidArgument", 400)]
    [TestCase("AWSAccessKeyId", "foo", "InvalidAccessKeyId", 403)]
    [TestCase("signature", "Zm9v", "SignatureDoesNotMatch", 403)]
    [TestCase("policy", "e30=", "SignatureDoesNotMatch", 403)]
    public void AuthenticatePost_FieldMissingOrWrong_IsRefused(string field, string? value, string code, int status)
    {
        S3PostForm form = Form();
        Dictionary<string, string> fields = new(form.Fields, StringComparer.OrdinalIgnoreCase);
        fields.Remove(field);
        if (value is not null) fields[field] = value;

        S3Error error = Refusal.Of(() => SignedRequest.Server(Allowed).AuthenticatePost(form with { Fields = fields }, "b", null));

        Assert.That((error.Code, error.Status), Is.EqualTo((code, status)));
    }

    private static S3HttpRequest Presigned(long expires, string added = "")
    {
        string signature = Uri.EscapeDataString(SigV2.Sign(SignedRequest.Secret, $"GET\n\n\n{expires}\n/b/k"));
        return Request("/b/k", $"AWSAccessKeyId={SignedRequest.AccessKeyId}&Expires={expires}&Signature={signature}{added}", "localhost");
    }

    private static S3PostForm Form()
    {
        string policy = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            """{"expiration":"2026-11-22T13:00:00Z","conditions":[{"bucket":"b"},{"key":"k"},["content-length-range",1,9]]}"""));
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase)
        {
            ["key"] = "k", ["policy"] = policy, ["AWSAccessKeyId"] = SignedRequest.AccessKeyId,
            ["signature"] = SigV2.Sign(SignedRequest.Secret, policy),
        };
        return new S3PostForm(fields, "k", "");
    }

    private static S3HttpRequest Request(string path, string query, string host, params (string Name, string Value)[] sent)
    {
        S3HeaderCollection headers = [];
        headers.Add("Host", host);
        foreach ((string name, string value) in sent) headers.Add(name, value);
        return new S3HttpRequest { Method = "GET", RawPath = path, RawQuery = query, Headers = headers, Body = Stream.Null };
    }
}
