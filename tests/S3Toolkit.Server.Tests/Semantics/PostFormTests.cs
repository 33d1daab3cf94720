using System.Net;
using System.Text;
using S3Toolkit.Server.Tests.Support;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class PostFormTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task Post_SignedPolicy_StoresTheFile()
    {
        using HttpResponseMessage response = await PostAsync("up/${filename}", "hello form", "100");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), await response.Content.ReadAsStringAsync());
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("<Key>up/my file.txt</Key>"));
        Assert.That(await ReadAsync("up/my file.txt"), Is.EqualTo("hello form"));
    }

    [Test]
    public async Task Post_LargerThanThePolicyAllows_StoresNothing()
    {
        using HttpResponseMessage response = await PostAsync("up/a", new string('x', 101), "100");

        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("EntityTooLarge"));
        Assert.That((await ErrorOf(() => ReadAsync("up/a"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task Post_KeyOutsideThePolicy_IsDenied()
    {
        using HttpResponseMessage response = await PostAsync("elsewhere", "x", "100");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Post_WithoutAPolicy_IsDenied()
    {
        using HttpClient http = CreateHttpClient();
        using MultipartFormDataContent form = new() { { new StringContent("k"), "\"key\"" },
            { new StringContent("x"), "\"file\"", "\"f\"" } };

        using HttpResponseMessage response = await http.PostAsync(new Uri(Server.Endpoint, "/" + Bucket), form);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private async Task<HttpResponseMessage> PostAsync(string key, string content, string maxBytes)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string amzDate = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'");
        CredentialScope scope = new(amzDate[..8], "us-east-1", "s3");
        string credential = $"{Server.AccessKeyId}/{amzDate[..8]}/us-east-1/s3/aws4_request";
        string policy = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$"""
            {"expiration":"{{now.AddHours(1).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}","conditions":[{"bucket":"{{Bucket}}"},
            ["starts-with","$key","up/"],{"success_action_status":"201"},["content-length-range",1,{{maxBytes}}],
            {"x-amz-algorithm":"AWS4-HMAC-SHA256"},{"x-amz-credential":"{{credential}}"},{"x-amz-date":"{{amzDate}}"}]}
            """));
        string signature = PolicySignature.Compute(SigningKey.Derive(Server.SecretAccessKey, scope), policy);
        Dictionary<string, string> fields = new()
        {
            ["key"] = key, ["success_action_status"] = "201", ["policy"] = policy, ["x-amz-algorithm"] = "AWS4-HMAC-SHA256",
            ["x-amz-credential"] = credential, ["x-amz-date"] = amzDate, ["x-amz-signature"] = signature,
        };
        using MultipartFormDataContent form = [];
        foreach ((string name, string value) in fields) form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new StringContent(content), "\"file\"", "my file.txt");
        using HttpClient http = CreateHttpClient();
        return await http.PostAsync(new Uri(Server.Endpoint, "/" + Bucket), form);
    }
}
