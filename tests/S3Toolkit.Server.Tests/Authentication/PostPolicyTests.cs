using System.Text;
using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Authentication;

public sealed class PostPolicyTests
{
    private const string Credential = $"{SignedRequest.AccessKeyId}/20261122/{SignedRequest.Region}/s3/aws4_request";

    private const string Standard =
        """{"x-amz-credential":"AKTEST/20261122/eu-west-1/s3/aws4_request"},{"x-amz-algorithm":"AWS4-HMAC-SHA256"},"""
        + """{"x-amz-date":"20261122T120000Z"}""";

    [Test]
    public void AuthenticatePost_SignedForm_GrantsItsBounds()
    {
        PostPolicyGrant grant = Authenticate(Form(
            """{"bucket":"photos"},["starts-with","$key","user/"],["content-length-range",5,"10"]"""));

        Assert.That(grant, Is.EqualTo(new PostPolicyGrant(SignedRequest.User, 5, 10)));
    }

    [Test]
    public void AuthenticatePost_FieldNamesInAnyCase_AreRead()
    {
        S3PostForm form = Form("""{"bucket":"photos"},{"key":"user/cat.jpg"},["eq","$x-AMZ-meta-A","1"]""", ("X-Amz-Meta-a", "1"));
        var shouting = form.Fields.ToDictionary(f => f.Key.ToUpperInvariant(), f => f.Value);

        PostPolicyGrant grant = Authenticate(form with { Fields = shouting });

        Assert.That(grant.Identity, Is.EqualTo(SignedRequest.User));
        Assert.That((grant.MinBytes, grant.MaxBytes), Is.EqualTo(((long?)null, (long?)null)));
    }

    [TestCase("""{"bucket":"other"},{"key":"user/cat.jpg"}""", """["eq", "$bucket", "other"]""")]
    [TestCase("""{"bucket":"photos"},{"key":"user/dog.jpg"}""", """["eq", "$key", "user/dog.jpg"]""")]
    [TestCase("""["starts-with","$key","private/"]""", """["starts-with", "$key", "private/"]""")]
    [TestCase("""["starts-with","$key","USER/"]""", """["starts-with", "$key", "USER/"]""")]
    [TestCase("""["eq","key","user/cat.jpg"]""", """["eq", "key", "user/cat.jpg"]""")]
    [TestCase("""{"key":"user/cat.jpg"},["starts-with","$Content-Type",""]""", """["starts-with", "$Content-Type", ""]""")]
    [TestCase("""{"key":"user/cat.jpg"},["content-length-range","test","10"]""", """["content-length-range", "test", "10"]""")]
    public void AuthenticatePost_ConditionNotMet_IsPrinted(string conditions, string printed)
    {
        S3Error error = Refusal.Of(() => Authenticate(Form(conditions)));

        Assert.That((error.Code, error.Status), Is.EqualTo(("AccessDenied", 403)));
        Assert.That(error.Message, Is.EqualTo("Invalid according to Policy: Policy Condition failed: " + printed));
    }

    [TestCase("image/jpg,image/png", true)]
    [TestCase("image/jpg,text/plain", false)]
    [TestCase("text/plain", false)]
    public void AuthenticatePost_ListOfContentTypes_EachMustMeetThePrefix(string contentType, bool isAccepted)
    {
        S3PostForm form = Form("""["starts-with","$key",""],["starts-with","$Content-Type","image/"]""", ("Content-Type", contentType));

        if (isAccepted) Assert.That(() => Authenticate(form), Throws.Nothing);
        else Assert.That(Refusal.Of(() => Authenticate(form)).Message, Does.Contain("Policy Condition failed"));
    }

    [Test]
    public void AuthenticatePost_FieldWithoutCondition_IsExtra()
    {
        S3Error error = Refusal.Of(() => Authenticate(Form(
            """{"key":"user/cat.jpg"}""", ("X-Amz-Meta-Tag", "x"), ("acl", "private"), ("x-ignore-me", "y"))));

        Assert.That((error.Code, error.Status), Is.EqualTo(("AccessDenied", 403)));
        Assert.That(error.Message, Is.EqualTo("Invalid according to Policy: Extra input fields: acl, x-amz-meta-tag"));
    }

    [TestCase(3_599, true)]
    [TestCase(3_600, false)]
    public void AuthenticatePost_Expiry_FollowsTheServersClock(int secondsLater, bool isAccepted)
    {
        S3PostForm form = Form("""["starts-with","$key",""]""");
        Authenticator server = SignedRequest.Server(serverClock: new FakeTimeProvider(SignedRequest.Now.AddSeconds(secondsLater)));

        if (isAccepted) Assert.That(() => server.AuthenticatePost(form, "photos", null), Throws.Nothing);
        else Assert.That(
            Refusal.Of(() => server.AuthenticatePost(form, "photos", null)).Message,
            Is.EqualTo("Invalid according to Policy: Policy expired."));
    }

    [TestCase("X-Amz-Signature")]
    [TestCase("X-Amz-Algorithm")]
    [TestCase("X-Amz-Credential")]
    [TestCase("X-Amz-Date")]
    [TestCase("Policy")]
    public void AuthenticatePost_MissingField_IsNamed(string field)
    {
        S3Error error = Refusal.Of(() => Authenticate(Without(Form("""["starts-with","$key",""]"""), field)));

        Assert.That((error.Code, error.Status, error.Detail("ArgumentName")), Is.EqualTo(("InvalidArgument", 400, field)));
        Assert.That(error.Message, Is.EqualTo(
            $"Bucket POST must contain a field named '{field}'.  If it is specified, please check the order of the fields."));
    }

    [Test]
    public void AuthenticatePost_NoSignatureFields_IsAnonymous()
    {
        S3PostForm form = Form("""["starts-with","$key",""]""");
        string[] fields = ["x-amz-signature", "x-amz-algorithm", "x-amz-credential", "x-amz-date"];
        foreach (string field in fields) form = Without(form, field);

        Assert.That(Authenticate(form).Identity.IsAnonymous, Is.True);
    }

    [Test]
    public void AuthenticatePost_PolicyChanged_ShowsWhatWasSigned()
    {
        S3PostForm form = With(Form("""["starts-with","$key",""]"""), "policy", "e30=");

        S3Error error = Refusal.Of(() => Authenticate(form));

        Assert.That((error.Code, error.Status, error.Detail("StringToSign")), Is.EqualTo(("SignatureDoesNotMatch", 403, "e30=")));
        Assert.That(error.Detail("StringToSignBytes"), Is.EqualTo("65 33 30 3d"));
        Assert.That(error.Detail("CanonicalRequest"), Is.Null);
    }

    [TestCase("x-amz-algorithm", "MD5", "InvalidArgument")]
    [TestCase("x-amz-credential", "nonsense", "AuthorizationQueryParametersError")]
    [TestCase("x-amz-credential", "AKNOBODY/20261122/eu-west-1/s3/aws4_request", "InvalidAccessKeyId")]
    [TestCase("x-amz-security-token", "token", "InvalidToken")]
    public void AuthenticatePost_WrongField_IsRefused(string field, string value, string code) =>
        Assert.That(Refusal.Of(() => Authenticate(With(Form("""["starts-with","$key",""]"""), field, value))).Code, Is.EqualTo(code));

    [Test]
    public void AuthenticatePost_StrictRegion_NamesTheExpectedOne()
    {
        S3Error error = Refusal.Of(() => SignedRequest.Server()
            .AuthenticatePost(Form("""["starts-with","$key",""]"""), "photos", expectedRegion: "us-east-1"));

        Assert.That(error.Detail("Region"), Is.EqualTo("us-east-1"));
    }

    [Test]
    public void AuthenticatePost_SignatureVersion2_IsRefused()
    {
        var fields = new Dictionary<string, string> { ["AWSAccessKeyId"] = "AK", ["signature"] = "x", ["policy"] = "e30=" };
        var form = new S3PostForm(fields, "k", "");

        Assert.That(Refusal.Of(() => Authenticate(form)).Message, Does.EndWith("Please use AWS4-HMAC-SHA256."));
    }

    [TestCase("not json", "Invalid JSON.")]
    [TestCase("[]", "Invalid JSON.")]
    [TestCase("{}", "expiration")]
    [TestCase("""{"expiration":"tomorrow","conditions":[]}""", "expiration")]
    [TestCase("""{"expiration":"2026-11-22T13:00:00Z"}""", "conditions")]
    [TestCase("""{"expiration":"2026-11-22T13:00:00Z","conditions":[{"a":"1","b":"2"}]}""", "exactly one property")]
    [TestCase("""{"expiration":"2026-11-22T13:00:00Z","conditions":[{"Content-Length":1}]}""", "value must be a string")]
    [TestCase("""{"expiration":"2026-11-22T13:00:00Z","conditions":[["eq","$key"]]}""", "Invalid Condition")]
    [TestCase("""{"expiration":"2026-11-22T13:00:00Z","conditions":[["like","$key","a"]]}""", "unknown operation")]
    [TestCase("""{"expiration":"2026-11-22T13:00:00Z","conditions":["eq"]}""", "Invalid Condition")]
    [TestCase("""{"expiration":"2026-11-22T13:00:00Z","conditions":[["eq","$key","\ud800"]]}""", "Invalid JSON")]
    [TestCase("""{"expiration":"2026-11-22T13:00:00Z","conditions":[{"\udc00":"1"}]}""", "Invalid JSON")]
    [TestCase("""{"expiration":"2026-11-22T13:00:00Z","conditions":[["content-length-range",-1,0]]}""", "must not be negative")]
    public void Parse_MalformedDocument_SaysWhatIsWrong(string document, string expected)
    {
        S3Error error = Refusal.Of(() => PostPolicy.Parse(Convert.ToBase64String(Encoding.UTF8.GetBytes(document))));

        Assert.That((error.Code, error.Status), Is.EqualTo(("InvalidPolicyDocument", 400)));
        Assert.That(error.Message, Does.StartWith("Invalid Policy: ").And.Contains(expected));
    }

    [TestCase("2026-11-22T13:00:00Z")]
    [TestCase("2026-11-22T13:00:00.000Z")]
    public void Parse_Expiration_TakesMilliseconds(string text)
    {
        string document = $$"""{"expiration":"{{text}}","conditions":[]}""";

        PostPolicy policy = PostPolicy.Parse(Convert.ToBase64String(Encoding.UTF8.GetBytes(document)));

        Assert.That(policy.Expiration, Is.EqualTo(SignedRequest.Now.AddHours(1)));
    }

    private static PostPolicyGrant Authenticate(S3PostForm form) => SignedRequest.Server().AuthenticatePost(form, "photos", null);

    private static S3PostForm Form(string conditions, params (string Name, string Value)[] more)
    {
        string document = $$"""{"expiration":"2026-11-22T13:00:00Z","conditions":[{{conditions}},{{Standard}}]}""";
        string policy = Convert.ToBase64String(Encoding.UTF8.GetBytes(document));
        var signer = new RequestSigner(
            new SigningCredential(SignedRequest.AccessKeyId, SignedRequest.Secret), SignedRequest.Region, new SigningKeyCache());
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["key"] = "user/${filename}",
            ["policy"] = policy,
            ["x-amz-algorithm"] = "AWS4-HMAC-SHA256",
            ["x-amz-credential"] = Credential,
            ["x-amz-date"] = "20261122T120000Z",
            ["x-amz-signature"] = signer.SignPolicy(policy, SignedRequest.Now),
        };
        foreach ((string name, string value) in more) fields[name] = value;
        return new S3PostForm(fields, "user/cat.jpg", "cat.jpg");
    }

    private static S3PostForm With(S3PostForm form, string field, string value) => form with
    {
        Fields = new Dictionary<string, string>(form.Fields, StringComparer.OrdinalIgnoreCase) { [field] = value },
    };

    private static S3PostForm Without(S3PostForm form, string field)
    {
        var fields = new Dictionary<string, string>(form.Fields, StringComparer.OrdinalIgnoreCase);
        fields.Remove(field);
        return form with { Fields = fields };
    }
}
