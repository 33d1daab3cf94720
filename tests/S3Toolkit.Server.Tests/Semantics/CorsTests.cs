using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class CorsTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Origin = "https://app.example";
    private const string Varying = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    [Test]
    public async Task BucketCors_PutGetDelete_RoundTrips()
    {
        CORSRule rule = new()
        {
            Id = "uploads", AllowedOrigins = [Origin, "*.test"], AllowedMethods = ["GET", "PUT"], AllowedHeaders = ["x-AMZ-*"],
            ExposeHeaders = ["ETag", "x-amz-request-id"], MaxAgeSeconds = 3000,
        };
        Assert.That((await ErrorOf(() => GetCorsAsync())).ErrorCode, Is.EqualTo("NoSuchCORSConfiguration"));

        await PutCorsAsync(rule, Rule("*", "GET"));

        List<CORSRule> rules = (await GetCorsAsync()).Configuration.Rules;
        Assert.That(rules, Has.Count.EqualTo(2));
        Assert.That(rules[0].Id, Is.EqualTo("uploads"));
        Assert.That(rules[0].AllowedOrigins, Is.EqualTo(rule.AllowedOrigins));
        Assert.That(rules[0].AllowedMethods, Is.EqualTo(rule.AllowedMethods));
        Assert.That(rules[0].AllowedHeaders, Is.EqualTo(rule.AllowedHeaders));
        Assert.That(rules[0].ExposeHeaders, Is.EqualTo(rule.ExposeHeaders));
        Assert.That(rules[0].MaxAgeSeconds, Is.EqualTo(3000));
        Assert.That(rules[1].MaxAgeSeconds, Is.Null);

        await Client.DeleteCORSConfigurationAsync(Bucket);
        await Client.DeleteCORSConfigurationAsync(Bucket); // none is none
        Assert.That((await ErrorOf(() => GetCorsAsync())).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.NotFound));
    }

    [TestCase("", "MalformedXML")]
    [TestCase("<Other/>", "MalformedXML")]
    [TestCase("<CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule>", "MalformedXML")]
    [TestCase("<CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule>", "MalformedXML")]
    [TestCase("{rule:<Other/>}", "MalformedXML")]
    [TestCase("{rule:<ID>a</ID><ID>b</ID>}", "MalformedXML")]
    [TestCase("{rule:<MaxAgeSeconds>-1</MaxAgeSeconds>}", "MalformedXML")]
    [TestCase("{rule:<MaxAgeSeconds>1.5</MaxAgeSeconds>}", "MalformedXML")]
    [TestCase("{rule:<AllowedMethod>PATCH</AllowedMethod>}",
        "Found unsupported HTTP method in CORS config. Unsupported method is PATCH")]
    [TestCase("{rule:<AllowedMethod>get</AllowedMethod>}", "Found unsupported HTTP method in CORS config. Unsupported method is get")]
    [TestCase("{rule:<AllowedOrigin>http://*.*</AllowedOrigin>}",
        "AllowedOrigin &quot;http://*.*&quot; can not have more than one wildcard.")]
    [TestCase("{rule:<AllowedHeader>**</AllowedHeader>}", "AllowedHeader &quot;**&quot; can not have more than one wildcard.")]
    [TestCase("{rule:<ExposeHeader>x-*</ExposeHeader>}", "ExposeHeader &quot;x-*&quot; contains wildcard.")]
    [TestCase("{rule:<ExposeHeader>a b</ExposeHeader>}", "InvalidArgument")]
    public async Task PutBucketCors_WrongDocument_IsRefused(string content, string expected)
    {
        const string Required = "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>";
        if (content.StartsWith('{')) content = $"<CORSRule>{Required}{content["{rule:".Length..^1]}</CORSRule>";

        (int status, string body) = await SendAsync(
            HttpMethod.Put, "/" + Bucket, "cors=", $"<CORSConfiguration>{content}</CORSConfiguration>");

        Assert.That((status, body), Is.EqualTo((400, body)));
        Assert.That(body, Does.Contain(expected));
        Assert.That((await ErrorOf(() => GetCorsAsync())).ErrorCode, Is.EqualTo("NoSuchCORSConfiguration"));
    }

    [Test]
    public async Task PutBucketCors_MoreThan64KiB_IsTooBig()
    {
        string headers = string.Concat(Enumerable.Repeat("<AllowedHeader>x-a</AllowedHeader>", 64 * 1024 / 34));
        const string rule = "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>";

        (int status, string body) = await SendAsync(
            HttpMethod.Put, "/" + Bucket, "cors", $"<CORSConfiguration><CORSRule>{rule}{headers}</CORSRule></CORSConfiguration>");

        Assert.That((status, body.Contains("<MaxMessageLengthBytes>65536<")), Is.EqualTo((400, true)), body);
    }

    [Test]
    public async Task PutBucketCors_MoreThanAHundredRules_IsRefused()
    {
        await PutCorsAsync([.. Enumerable.Repeat(Rule("*", "GET"), 100)]);

        AmazonS3Exception error = await ErrorOf(() => PutCorsAsync([.. Enumerable.Repeat(Rule("*", "GET"), 101)]));

        Assert.That(error.ErrorCode, Is.EqualTo("InvalidRequest"));
        Assert.That((await GetCorsAsync()).Configuration.Rules, Has.Count.EqualTo(100));
    }

    [Test]
    public async Task Preflight_OfAllowedPage_TellsWhatItMayDo()
    {
        CORSRule rule = Rule(Origin, "GET", "PUT");
        (rule.AllowedHeaders, rule.ExposeHeaders, rule.MaxAgeSeconds) = (["x-amz-*"], ["ETag", "x-amz-request-id"], 600);
        await PutCorsAsync(rule);

        HttpResponseMessage answer = await AskAsync($"/{Bucket}/no-such-key", Origin, "PUT", "X-Amz-Meta-A, x-amz-acl");

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(answer.HeaderOf("Access-Control-Allow-Origin"), Is.EqualTo(Origin));
        Assert.That(answer.HeaderOf("Access-Control-Allow-Methods"), Is.EqualTo("GET, PUT"));
        Assert.That(answer.HeaderOf("Access-Control-Allow-Headers"), Is.EqualTo("x-amz-meta-a, x-amz-acl"));
        Assert.That(answer.HeaderOf("Access-Control-Expose-Headers"), Is.EqualTo("ETag, x-amz-request-id"));
        Assert.That(answer.HeaderOf("Access-Control-Max-Age"), Is.EqualTo("600"));
        Assert.That(answer.HeaderOf("Access-Control-Allow-Credentials"), Is.EqualTo("true"));
        Assert.That(answer.HeaderOf("Vary"), Is.EqualTo(Varying));
        Assert.That(Server.Requests.Snapshot()[^1].Operation, Is.EqualTo("CorsPreflight"));
    }

    [Test]
    public async Task Preflight_OfPresignedUrl_NeedsNoSignatureOfItsOwn()
    {
        await PutCorsAsync(Rule(Origin, "PUT"));
        Uri presigned = new(Client.GetPreSignedURL(new GetPreSignedUrlRequest
        {
            BucketName = Bucket, Key = "k", Verb = HttpVerb.PUT, Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Protocol.HTTP,
        }));

        HttpResponseMessage answer = await AskAsync(presigned.PathAndQuery, Origin, "PUT");

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(answer.HeaderOf("Access-Control-Allow-Origin"), Is.EqualTo(Origin));
    }

    [TestCase("/test-bucket/k", null, "GET", 400, "Insufficient information. Origin request header needed.")]
    [TestCase("/no-such-bucket/k", null, null, 400, "Insufficient information. Origin request header needed.")]
    [TestCase("/no-such-bucket/k", Origin, "GET", 403, "CORSResponse: Bucket not found")]
    [TestCase("/Not_A_Bucket/k", Origin, "GET", 403, "CORSResponse: Bucket not found")]
    [TestCase("/silent-bucket/k", Origin, "PUT", 403, "CORSResponse: CORS is not enabled for this bucket.")]
    [TestCase("/silent-bucket/k", Origin, null, 403, "<Method>OPTIONS</Method><ResourceType>BUCKET</ResourceType>")]
    [TestCase("/test-bucket/k", Origin, null, 400, "Invalid Access-Control-Request-Method: null")]
    [TestCase("/test-bucket/k", Origin, "PATCH", 400, "Invalid Access-Control-Request-Method: PATCH")]
    [TestCase("/test-bucket/k", Origin, "PUT", 403, "<Method>PUT</Method><ResourceType>OBJECT</ResourceType>")]
    [TestCase("/test-bucket", Origin, "PUT", 403, "<Method>PUT</Method><ResourceType>BUCKET</ResourceType>")]
    [TestCase("/test-bucket/k", "https://other.example", "GET", 403, "CORSResponse: This CORS request is not allowed.")]
    public async Task Preflight_Refused_SaysWhy(string path, string? origin, string? method, int status, string expected)
    {
        await Client.PutBucketAsync("silent-bucket");
        await PutCorsAsync(Rule(Origin, "GET"));

        HttpResponseMessage answer = await AskAsync(path, origin, method);

        string body = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), body);
        Assert.That(body, Does.Contain(expected).And.Contain(status == 403 ? "<Code>AccessForbidden</Code>" : "<Code>BadRequest</Code>"));
        Assert.That(answer.HeaderOf("Access-Control-Allow-Origin"), Is.Null);
    }

    [Test]
    public async Task ActualRequest_SignedInAnyWay_CarriesTheHeaders()
    {
        await PutAsync("k", "x");
        await PutCorsAsync(Rule(Origin, "GET"));
        Uri presigned = new(Client.GetPreSignedURL(new GetPreSignedUrlRequest
        {
            BucketName = Bucket, Key = "k", Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Protocol.HTTP,
        }));
        using HttpClient http = CreateHttpClient();

        HttpResponseMessage signed = await http.SendSignedAsync(Server, HttpMethod.Get, $"/{Bucket}/k", ("Origin", Origin));
        HttpResponseMessage byQuery = await http.SendPlainAsync(Server, HttpMethod.Get, presigned.PathAndQuery, ("Origin", Origin));
        HttpResponseMessage anonymous = await http.SendPlainAsync(Server, HttpMethod.Get, $"/{Bucket}/k", ("Origin", Origin));
        HttpResponseMessage missing = await http.SendSignedAsync(Server, HttpMethod.Get, $"/{Bucket}/none", ("Origin", Origin));

        HttpResponseMessage[] all = [signed, byQuery, anonymous, missing];
        Assert.That(all.Select(answer => (int)answer.StatusCode), Is.EqualTo(new[] { 200, 200, 403, 404 }));
        Assert.That(all.Select(answer => answer.HeaderOf("Access-Control-Allow-Origin")), Is.All.EqualTo(Origin));
        Assert.That(all.Select(answer => answer.HeaderOf("Access-Control-Allow-Methods")), Is.All.EqualTo("GET"));
        Assert.That(all.Select(answer => answer.HeaderOf("Vary")), Is.All.EqualTo(Varying));
    }

    [Test]
    public async Task ActualRequest_OfEverybody_GetsAStarAndNoCredentials()
    {
        await PutCorsAsync(Rule("*", "GET"));
        using HttpClient http = CreateHttpClient();

        HttpResponseMessage answer = await http.SendSignedAsync(Server, HttpMethod.Get, "/" + Bucket, ("Origin", "http://random:1234"));

        Assert.That(answer.HeaderOf("Access-Control-Allow-Origin"), Is.EqualTo("*"));
        Assert.That(answer.HeaderOf("Access-Control-Allow-Credentials"), Is.Null);
    }

    [TestCase(null, null)]
    [TestCase("https://other.example", null)]
    [TestCase(Origin, "PUT")]
    public async Task ActualRequest_OfNoAllowedPage_CarriesNothing(string? origin, string? asks)
    {
        await PutAsync("k", "x");
        await PutCorsAsync(Rule(Origin, "GET"));
        using HttpClient http = CreateHttpClient();

        HttpResponseMessage answer = await http.SendSignedAsync(Server, HttpMethod.Get, $"/{Bucket}/k", Headers(origin, asks));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(answer.Headers.Select(header => header.Key), Has.None.StartsWith("Access-Control").And.None.EqualTo("Vary"));
    }

    private static CORSRule Rule(string origin, params string[] methods) => new()
    {
        AllowedOrigins = [origin], AllowedMethods = [.. methods],
    };

    private static (string, string)[] Headers(string? origin, string? method, string? headers = null) =>
    [
        .. origin is null ? [] : new[] { ("Origin", origin) },
        .. method is null ? [] : new[] { ("Access-Control-Request-Method", method) },
        .. headers is null ? [] : new[] { ("Access-Control-Request-Headers", headers) },
    ];

    private async Task<HttpResponseMessage> AskAsync(string path, string? origin, string? method, string? headers = null)
    {
        using HttpClient http = CreateHttpClient();
        return await http.SendPlainAsync(Server, HttpMethod.Options, path, Headers(origin, method, headers));
    }

    private Task PutCorsAsync(params CORSRule[] rules) => Client.PutCORSConfigurationAsync(new PutCORSConfigurationRequest
    {
        BucketName = Bucket, Configuration = new CORSConfiguration { Rules = [.. rules] },
    });

    private Task<GetCORSConfigurationResponse> GetCorsAsync() =>
        Client.GetCORSConfigurationAsync(new GetCORSConfigurationRequest { BucketName = Bucket });
}
