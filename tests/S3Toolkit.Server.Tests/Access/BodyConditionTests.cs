using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access;

/// <summary>Conditions on what stands in a header of one request and in the body of another: the body decides.</summary>
public sealed class BodyConditionTests(ServerMode mode) : PolicyFixture(mode)
{
    private const string Locked = "locked-bucket", Sam = "{\"AWS\":\"" + StrangerAccount + "\"}";

    [TestCase("StringEquals", "s3:object-lock-mode", "COMPLIANCE", "COMPLIANCE", 5, "AccessDenied")]
    [TestCase("StringEquals", "s3:object-lock-mode", "COMPLIANCE", "GOVERNANCE", 5, "200")]
    [TestCase("NumericGreaterThan", "s3:object-lock-remaining-retention-days", "10", "GOVERNANCE", 30, "AccessDenied")]
    [TestCase("NumericGreaterThan", "s3:object-lock-remaining-retention-days", "10", "GOVERNANCE", 5, "200")]
    [TestCase("DateGreaterThan", "s3:object-lock-retain-until-date", "2100-01-01T00:00:00Z", "GOVERNANCE", 40_000, "AccessDenied")]
    [TestCase("DateGreaterThan", "s3:object-lock-retain-until-date", "2100-01-01T00:00:00Z", "GOVERNANCE", 5, "200")]
    public async Task Deny_ConditionOnARetention_IsJudgedByTheBody(
        string comparison, string key, string value, string lockMode, int days, string expected)
    {
        await MakeLockedAsync(Deny("s3:PutObjectRetention", comparison, key, value));
        string until = TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        string answer = await PutLockedAsync(
            "/k?retention", $"<Retention><Mode>{lockMode}</Mode><RetainUntilDate>{until}</RetainUntilDate></Retention>",
            // No header speaks for the body.
            ("x-amz-object-lock-mode", "GOVERNANCE"));

        Assert.That(answer, Is.EqualTo(expected));
    }

    [TestCase("OFF", "AccessDenied")]
    [TestCase("ON", "200")]
    public async Task Deny_ConditionOnAHold_IsJudgedByTheBody(string hold, string expected)
    {
        await MakeLockedAsync(Deny("s3:PutObjectLegalHold", "StringEquals", "s3:object-lock-legal-hold", "OFF"));

        Assert.That(await PutLockedAsync("/k?legal-hold", $"<LegalHold><Status>{hold}</Status></LegalHold>"), Is.EqualTo(expected));
    }

    [TestCase("COMPLIANCE", 1, "AccessDenied")]
    [TestCase("GOVERNANCE", 1, "200")]
    public async Task Deny_ConditionOnADefaultRetention_IsJudgedByTheBody(string lockMode, int days, string expected)
    {
        await MakeLockedAsync(Deny("s3:PutBucketObjectLockConfiguration", "StringEquals", "s3:object-lock-mode", "COMPLIANCE"));

        string answer = await PutLockedAsync("?object-lock",
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>"
            + $"<Mode>{lockMode}</Mode><Days>{days}</Days></DefaultRetention></Rule></ObjectLockConfiguration>");

        Assert.That(answer, Is.EqualTo(expected));
    }

    [TestCase("ObjectWriter", "AccessDenied")]
    [TestCase("BucketOwnerPreferred", "200")]
    public async Task Deny_ConditionOnOwnership_IsJudgedByTheBody(string ownership, string expected)
    {
        await MakeLockedAsync(Deny("s3:PutBucketOwnershipControls", "StringEquals", "s3:x-amz-object-ownership", "ObjectWriter"));

        string answer = await PutLockedAsync(
            "?ownershipControls", $"<OwnershipControls><Rule><ObjectOwnership>{ownership}</ObjectOwnership></Rule></OwnershipControls>");

        Assert.That(answer, Is.EqualTo(expected));
    }

    [Test]
    public async Task Allow_WhereThePolicyAsksForBodies_IsStillNeeded()
    {
        await MakeLockedAsync(Deny("s3:PutObjectRetention", "StringEquals", "s3:object-lock-mode", "COMPLIANCE"), allows: "s3:GetObject");

        Assert.That(await PutLockedAsync("/k?legal-hold", "<LegalHold><Status>ON</Status></LegalHold>"), Is.EqualTo("AccessDenied"));
        Assert.That(await PutLockedAsync("/k?retention", "<Retention></Retention>"), Is.EqualTo("AccessDenied"));
    }

    [TestCase("PUT", "/k", "", "AccessDenied")]
    [TestCase("PUT", "/k", "x-amz-copy-source", "AccessDenied")]
    [TestCase("POST", "/k?uploads", "", "200")]
    public async Task Deny_ConditionOnCreation_IsAboutWhatMakesAnObject(string method, string target, string header, string expected)
    {
        await PutAsync("source", "x");
        await PutPolicyAsync(
            Statement("Allow", "PutObject GetObject", Sam),
            Statement(
                "Deny", "PutObject",
                condition: """{"Bool":{"s3:ObjectCreationOperation":"true"},"Null":{"s3:if-none-match":"true"}}"""));
        (string, string)[] headers = header.Length > 0 ? [(header, $"/{Bucket}/source")] : [];

        Assert.That(await CallAsync("stranger", method, target, "", headers), Is.EqualTo(expected));
        Assert.That(await CallAsync("stranger", method, target, "", [.. headers, ("if-none-match", "*")]), Is.EqualTo("200"));
    }

    [TestCase("referer", "", 403)]
    [TestCase("", "Referer", 204)]
    public async Task Allow_ConditionOnTheReferer_ReadsTheHeaderAndNoField(string field, string header, int expected)
    {
        await PutPolicyAsync(
            Statement("Allow", "PutObject", condition: """{"StringLike":{"aws:Referer":"https://good.example/*"}}"""));
        Dictionary<string, string> form = new() { ["key"] = "k" };
        if (field.Length > 0) form[field] = "https://good.example/x";
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(SignedForm.Encode(form, "f", "x", "b", "\r\n--b--\r\n")));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(Server.Endpoint, "/" + Bucket)) { Content = content };
        request.Headers.TryAddWithoutValidation("Referer", header.Length > 0 ? "https://good.example/x" : "https://evil.example/x");
        using HttpClient http = CreateHttpClient();

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task SignatureAge_OfAHeaderAfterTheClockMoved_IsThatOfTheSignature()
    {
        await PutAsync("k", "x");
        await PutPolicyAsync(Statement("Deny", "GetObject", condition: """{"NumericGreaterThan":{"s3:signatureAge":"600000"}}"""));
        Server.Clock.Advance(TimeSpan.FromHours(2));

        Assert.That(await CallAsync("owner", "GET", "/k"), Is.EqualTo("200"));
    }

    private static string Deny(string action, string comparison, string key, string value) => $$$"""
        {"Effect":"Deny","Principal":"*","Action":"{{{action}}}","Resource":["arn:aws:s3:::{{{Locked}}}","arn:aws:s3:::{{{Locked}}}/*"],
        "Condition":{"{{{comparison}}}":{"{{{key}}}":"{{{value}}}"}} }
        """;

    private async Task MakeLockedAsync(string deny, string allows = "s3:*")
    {
        await Client.PutBucketAsync(new Amazon.S3.Model.PutBucketRequest { BucketName = Locked, ObjectLockEnabledForBucket = true });
        await Client.PutObjectAsync(new() { BucketName = Locked, Key = "k", ContentBody = "x" });
        string allow = $$"""
            {"Effect":"Allow","Principal":{{Sam}},"Action":"{{allows}}","Resource":["arn:aws:s3:::{{Locked}}","arn:aws:s3:::{{Locked}}/*"]}
            """;
        await Client.PutBucketPolicyAsync(Locked, Policy(allow, deny));
    }

    private async Task<string> PutLockedAsync(string target, string body, params (string Name, string Value)[] headers)
    {
        string[] parts = target.Split('?', 2);
        (string, string) digest = ("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        (int status, string answer) = await SendAsAsync(
            Stranger, HttpMethod.Put, $"/{Locked}{parts[0]}", parts[1], body, [digest, .. headers]);
        return status < 300 ? status.ToString(CultureInfo.InvariantCulture) : answer.Split("<Code>")[1].Split("</Code>")[0];
    }
}
