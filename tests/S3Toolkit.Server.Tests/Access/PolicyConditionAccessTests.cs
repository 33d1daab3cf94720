using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access;

public sealed class PolicyConditionAccessTests(ServerMode mode) : PolicyFixture(mode)
{
    [TestCase("ListBucket", "StringEquals", "s3:prefix", "open/", "GET", "?prefix=open%2F", "?prefix=shut%2F")]
    [TestCase("ListBucket", "StringEquals", "s3:delimiter", "/", "GET", "?delimiter=%2F", "")]
    [TestCase("ListBucketVersions", "NumericLessThanEquals", "s3:max-keys", "10", "GET", "?versions&max-keys=10", "?versions&max-keys=11")]
    [TestCase("GetObjectVersion", "StringEquals", "s3:VersionId", "null", "GET", "/k?versionId=null", "/k")]
    [TestCase("GetObject", "StringEquals", "s3:ExistingObjectTag/team", "a", "GET", "/k", "/untagged")]
    [TestCase("GetObject", "StringEquals", "S3:EXISTINGOBJECTTAG/team", "a", "GET", "/k", "/untagged")]
    [TestCase("GetObject", "StringEquals", "s3:ExistingObjectTag/TEAM", "a", "GET", "", "/k")]
    [TestCase("GetObjectAttributes", "StringEquals", "s3:ExistingObjectTag/team", "a", "GET", "", "/k?attributes")]
    public async Task Allow_ConditionOnTheTarget_IsJudged(
        string action, string comparison, string key, string value, string method, string met, string unmet)
    {
        await PutAsync("k", "x", request => request.TagSet = [new() { Key = "team", Value = "a" }]);
        await PutAsync("untagged", "x");
        await PutPolicyAsync(Allow(action, comparison, key, value));

        if (met.Length > 0 || unmet.Length == 0) Assert.That(await CallAsync("anonymous", method, met), Is.EqualTo("200"));
        Assert.That(await CallAsync("anonymous", method, unmet), Is.EqualTo(Denied));
    }

    [TestCase("null", "200")]
    [TestCase("another", Denied)]
    public async Task Allow_ConditionOnTheVersion_IsJudgedForBothPermissionsOfAttributes(string allowed, string expected)
    {
        await PutAsync("k", "x");
        await PutPolicyAsync(Allow("GetObjectVersion GetObjectVersionAttributes", "StringEquals", "s3:VersionId", allowed));

        string answer = await CallAsync("anonymous", "GET", "/k?attributes&versionId=null", "", ("x-amz-object-attributes", "ETag"));

        Assert.That(answer, Is.EqualTo(expected));
    }

    [TestCase("StringEquals", "s3:x-amz-storage-class", "STANDARD_IA", "x-amz-storage-class", "STANDARD_IA", "STANDARD")]
    [TestCase("StringEquals", "s3:x-amz-server-side-encryption", "AES256", "x-amz-server-side-encryption", "AES256", null)]
    [TestCase("StringEquals", "s3:if-none-match", "*", "If-None-Match", "*", null)]
    [TestCase("Null", "s3:if-none-match", "false", "If-None-Match", "*", null)]
    [TestCase("StringEquals", "s3:x-amz-content-sha256", Empty, "x-y", "z", "")]
    [TestCase("StringEquals", "aws:Referer", "https://here/", "Referer", "https://here/", "https://there/")]
    [TestCase("StringLike", "aws:UserAgent", "*Mine*", "User-Agent", "Mine/1.0", "Yours/1.0")]
    public async Task Allow_ConditionOnAHeader_IsJudged(
        string comparison, string key, string value, string header, string met, string? unmet)
    {
        await PutPolicyAsync(Allow("PutObject", comparison, key, value));

        Assert.That(await CallAsync("anonymous", "PUT", "/new", "", (header, met)), Is.EqualTo("200"));
        if (unmet?.Length > 0) Assert.That(await CallAsync("anonymous", "PUT", "/new", "", (header, unmet)), Is.EqualTo(Denied));
        if (unmet is null) Assert.That(await CallAsync("anonymous", "PUT", "/new"), Is.EqualTo(Denied));
    }

    [TestCase("IpAddress", "aws:SourceIp", "127.0.0.0/8", true)]
    [TestCase("IpAddress", "aws:SourceIp", "192.0.2.0/24", false)]
    [TestCase("Bool", "aws:SecureTransport", "false", true)]
    [TestCase("Bool", "aws:SecureTransport", "true", false)]
    [TestCase("NumericGreaterThanEquals", "s3:TlsVersion", "1.2", false)]
    [TestCase("DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", true)]
    [TestCase("NumericLessThan", "aws:EpochTime", "1000000000", false)]
    [TestCase("StringEquals", "aws:PrincipalAccount", StrangerAccount, true)]
    [TestCase("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/sam", true)]
    [TestCase("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/olga", false)]
    [TestCase("StringEquals", "aws:username", "sam", true)]
    [TestCase("StringEquals", "aws:userid", "stranger-id", true)]
    [TestCase("StringEquals", "s3:ResourceAccount", OwnerAccount, true)]
    [TestCase("StringEquals", "s3:signatureversion", "AWS4-HMAC-SHA256", true)]
    [TestCase("StringEquals", "s3:authType", "REST-HEADER", true)]
    [TestCase("StringEquals", "s3:authType", "REST-QUERY-STRING", false)]
    [TestCase("NumericLessThan", "s3:signatureAge", "600000", true)]
    [TestCase("StringEquals", "aws:SourceVpce", "vpce-1", false)]
    public async Task Allow_ConditionOnTheCaller_IsJudged(string comparison, string key, string value, bool isAllowed)
    {
        await PutPolicyAsync(Allow("PutObject", comparison, key, value));

        Assert.That(await CallAsync("stranger", "PUT", "/new"), Is.EqualTo(isAllowed ? "200" : Denied));
    }

    [Test]
    public async Task Allow_ResourceWithVariable_IsEachUsersOwn()
    {
        await PutPolicyAsync(Statement("Allow", "PutObject", key: "home/${aws:username}/*"));

        Assert.That(await CallAsync("stranger", "PUT", "/home/sam/a"), Is.EqualTo("200"));
        Assert.That(await CallAsync("stranger", "PUT", "/home/olga/a"), Is.EqualTo(Denied));
        Assert.That(await CallAsync("anonymous", "PUT", "/home/sam/a"), Is.EqualTo(Denied));
    }

    [TestCase("s3:RequestObjectTag/team", "StringEquals")]
    [TestCase("s3:RequestObjectTagKeys", "ForAnyValue:StringEquals")]
    public async Task Allow_ConditionOnTheTagsOfTheRequest_ReadsHeadersAndBodies(string key, string comparison)
    {
        string value = comparison == "StringEquals" ? "a" : "team";
        await PutPolicyAsync(Allow("PutObject PutObjectTagging", comparison, key, value));

        Assert.That(await CallAsync("stranger", "PUT", "/k", "", ("x-amz-tagging", "team=a")), Is.EqualTo("200"));
        Assert.That(await CallAsync("stranger", "PUT", "/k", "", ("x-amz-tagging", "other=b")), Is.EqualTo(Denied));
        Assert.That(await CallAsync("stranger", "PUT", "/k?tagging", Tagging("team", "a")), Is.EqualTo("200"));
        Assert.That(await CallAsync("stranger", "PUT", "/k?tagging", Tagging("other", "b")), Is.EqualTo(Denied));
    }

    [Test]
    public async Task Deny_PartsWithoutEncryption_AreJudgedByTheirUpload()
    {
        await PutPolicyAsync(
            Statement("Allow", "PutObject"),
            Statement("Deny", "PutObject", condition: """{"StringNotEquals":{"s3:x-amz-server-side-encryption":"AES256"}}"""));
        (string, string) encryption = ("x-amz-server-side-encryption", "AES256");
        Assert.That(await CallAsync("stranger", "POST", "/m?uploads"), Is.EqualTo(Denied));

        (_, string started) = await SendAsAsync(Stranger, HttpMethod.Post, $"/{Bucket}/m", "uploads", "", encryption);
        string id = started.Split("<UploadId>")[1].Split("</UploadId>")[0];

        Assert.That(await CallAsync("stranger", "PUT", $"/m?partNumber=1&uploadId={id}", "part"), Is.EqualTo("200"));
        Assert.That(await CallAsync("stranger", "PUT", "/m", "whole"), Is.EqualTo(Denied));
    }

    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static string Tagging(string key, string value) =>
        $"<Tagging><TagSet><Tag><Key>{key}</Key><Value>{value}</Value></Tag></TagSet></Tagging>";

    /// <summary>Allows some actions, each where it can be done.</summary>
    private static string Allow(string action, string comparison, string key, string value) =>
        Statement("Allow", action, condition: $$$"""{"{{{comparison}}}":{"{{{key}}}":"{{{value}}}"}}""");
}
