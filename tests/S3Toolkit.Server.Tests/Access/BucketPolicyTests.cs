using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access;

public sealed class BucketPolicyTests(ServerMode mode) : PolicyFixture(mode)
{
    private const string Sam = "{\"AWS\":\"" + StrangerAccount + "\"}";

    [Test]
    public async Task BucketPolicy_PutGetDelete_KeepsTheText()
    {
        string text = "{ \"Statement\" : [" + Statement("Allow", "GetObject", Sam) + "]\n}";
        PutBucketPolicyResponse put = await Client.PutBucketPolicyAsync(Bucket, text);

        Assert.That((int)put.HttpStatusCode, Is.EqualTo(204));
        Assert.That((await Client.GetBucketPolicyAsync(Bucket)).Policy, Is.EqualTo(text));

        await Client.DeleteBucketPolicyAsync(Bucket);

        // The SDK hides the error.
        Assert.That(await CallAsync("owner", "GET", "?policy"), Is.EqualTo("NoSuchBucketPolicy"));
        Assert.That(await CallAsync("owner", "GET", "?policyStatus"), Is.EqualTo("NoSuchBucketPolicy"));
    }

    [Test]
    public async Task PutBucketPolicy_Malformed_KeepsTheOneThatIsThere()
    {
        await PutPolicyAsync(Statement("Allow", "GetObject", Sam));

        AmazonS3Exception error = await ErrorOf(() => Client.PutBucketPolicyAsync(Bucket, "{}"));

        Assert.That((error.ErrorCode, error.Message), Is.EqualTo(("MalformedPolicy", "Missing required field Statement")));
        Assert.That((await Client.GetBucketPolicyAsync(Bucket)).Policy, Does.Contain(StrangerAccount));
        Assert.That(await CallAsync("owner", "PUT", "?policy"), Is.EqualTo("MalformedPolicy"));
    }

    [TestCase("GetObject", "GET", "/k", "200")]
    [TestCase("GetObject", "HEAD", "/k", "200")]
    [TestCase("GetObject", "GET", "/none", Denied)]
    [TestCase("GetObject ListBucket", "GET", "/none", "NoSuchKey")]
    [TestCase("GetObject", "GET", "?list-type=2", Denied)]
    [TestCase("ListBucket", "GET", "?list-type=2", "200")]
    [TestCase("ListBucket", "GET", "", "200")]
    [TestCase("ListBucket", "HEAD", "", "200")]
    [TestCase("ListBucket", "GET", "?versions", Denied)]
    [TestCase("ListBucketVersions", "GET", "?versions", "200")]
    [TestCase("ListBucketMultipartUploads", "GET", "?uploads", "200")]
    [TestCase("PutObject", "PUT", "/new", "200")]
    [TestCase("PutObject", "POST", "/new?uploads", "200")]
    [TestCase("PutObject", "DELETE", "/k", Denied)]
    [TestCase("DeleteObject", "DELETE", "/k", "204")]
    [TestCase("DeleteObject", "DELETE", "/k?versionId=null", Denied)]
    [TestCase("DeleteObjectVersion", "DELETE", "/k?versionId=null", "204")]
    [TestCase("GetObjectTagging", "GET", "/k?tagging", "200")]
    [TestCase("GetObject", "GET", "/k?tagging", Denied)]
    [TestCase("DeleteObjectTagging", "DELETE", "/k?tagging", "204")]
    [TestCase("GetBucketLocation", "GET", "?location", "200")]
    [TestCase("GetBucketVersioning", "GET", "?versioning", "200")]
    [TestCase("GetObjectAttributes", "GET", "/k?attributes", Denied)] // it takes GetObject as well
    [TestCase("GetObject GetObjectAttributes", "GET", "/k?attributes", "200")]
    [TestCase("*", "GET", "/k", "200")]
    public async Task Allow_OneAction_OpensItAndNothingElse(string action, string method, string target, string expected)
    {
        await PutAsync("k", "x");
        await PutPolicyAsync(Statement("Allow", action));
        (string, string)[] headers = target.EndsWith("attributes", StringComparison.Ordinal) ? [("x-amz-object-attributes", "ETag")] : [];

        string stranger = await CallAsync("stranger", method, target, "", headers);
        if (method == "DELETE") await PutAsync("k", "x");
        string anonymous = await CallAsync("anonymous", method, target, "", headers);

        // Nobody in particular starts an upload, whatever the policy lets him.
        Assert.That((stranger, anonymous), Is.EqualTo((expected, method == "POST" ? Denied : expected)));
    }

    [Test]
    public async Task Allow_NobodyElse_IsDeniedAllTheRest()
    {
        await PutAsync("k", "x");
        await PutPolicyAsync(Statement("Allow", "GetObject", Sam));

        Assert.That(await CallAsync("stranger", "GET", "/k"), Is.EqualTo("200"));
        Assert.That(await CallAsync("anonymous", "GET", "/k"), Is.EqualTo(Denied));
        Assert.That(await CallAsync("stranger", "PUT", "/k"), Is.EqualTo(Denied));
    }

    [Test]
    public async Task Deny_Everybody_LeavesTheOwnerHisPolicy()
    {
        await PutAsync("k", "x");
        await PutPolicyAsync(Statement("Deny", "*"), Statement("Allow", "*"));

        Assert.That(await CallAsync("owner", "GET", "/k"), Is.EqualTo(Denied));
        Assert.That(await CallAsync("owner", "GET", "?location"), Is.EqualTo(Denied));
        Assert.That(await CallAsync("owner", "GET", "?policy"), Is.EqualTo("200"));
        Assert.That(await CallAsync("stranger", "GET", "?policy"), Is.EqualTo(Denied));
        Assert.That(await CallAsync("owner", "DELETE", "?policy"), Is.EqualTo("204"));
        Assert.That(await CallAsync("owner", "GET", "/k"), Is.EqualTo("200"));
    }

    [Test]
    public async Task PolicyItself_LetToAStranger_IsStillOfTheOwnersAccount()
    {
        await PutPolicyAsync(Statement("Allow", "GetBucketPolicy PutBucketPolicy DeleteBucketPolicy", Sam));

        Assert.That(await CallAsync("stranger", "GET", "?policy"), Is.EqualTo("MethodNotAllowed"));
        Assert.That(await CallAsync("stranger", "PUT", "?policy", "{}"), Is.EqualTo("MethodNotAllowed"));
        Assert.That(await CallAsync("stranger", "DELETE", "?policy"), Is.EqualTo("MethodNotAllowed"));
    }

    [TestCase("true", "204")]
    [TestCase("FALSE", "204")]
    [TestCase("perhaps", "InvalidArgument")]
    public async Task PutBucketPolicy_ConfirmHeader_IsAFlag(string value, string expected) => Assert.That(
        await CallAsync(
            "owner", "PUT", "?policy", Policy(Statement("Deny", "PutBucketPolicy")), ("x-amz-confirm-remove-self-bucket-access", value)),
        Is.EqualTo(expected));

    [Test]
    public async Task DeleteObjects_EachKey_IsAskedForItself()
    {
        await PutAsync("open/a", "x");
        await PutAsync("shut/b", "x");
        await PutPolicyAsync(Statement("Allow", "DeleteObject", key: "open/*"));
        const string body = "<Delete><Object><Key>open/a</Key></Object><Object><Key>shut/b</Key></Object></Delete>";
        string checksum = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

        (int status, string answer) = await SendAsAsync(
            null, HttpMethod.Post, "/" + Bucket, "delete", body, ("x-amz-checksum-sha256", checksum));

        Assert.That(status, Is.EqualTo(200));
        Assert.That(answer, Does.Match("<Deleted><Key>open/a</Key>.*<Error><Key>shut/b</Key><Code>AccessDenied</Code>"));
    }

    [Test]
    public async Task Copy_SourceAndTarget_AreBothAsked()
    {
        await PutAsync("from/a", "x");
        await PutPolicyAsync(Statement("Allow", "PutObject", Sam, key: "to/*"));
        (string, string) source = ("x-amz-copy-source", Bucket + "/from/a");
        Assert.That(await CallAsync("stranger", "PUT", "/to/a", "", source), Is.EqualTo(Denied));

        await PutPolicyAsync(Statement("Allow", "PutObject", Sam, key: "to/*"), Statement("Allow", "GetObject", Sam, key: "from/*"));

        Assert.That(await CallAsync("stranger", "PUT", "/to/a", "", source), Is.EqualTo("200"));
        Assert.That(await CallAsync("stranger", "PUT", "/elsewhere", "", source), Is.EqualTo(Denied));
    }
}
