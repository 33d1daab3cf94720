using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Website;

public sealed class WebsiteTests(ServerMode mode) : WebsiteFixture(mode)
{
    [Test]
    public async Task Get_Pages_ServesThemAndTheIndexOfFolders()
    {
        await PutSiteAsync();
        await PutPageAsync("index.html", "home");
        await PutPageAsync("docs/index.html", "docs", request => request.Metadata.Add("author", "me"));
        await PutPageAsync("docs/a b.html", "page");

        Assert.That((await BrowseAsync("/")).Body, Is.EqualTo("home"));
        (int status, string body, HttpResponseMessage answer) = await BrowseAsync("/docs/");
        Assert.That((status, body), Is.EqualTo((200, "docs")));
        Assert.That(answer.HeaderOf("Content-Type"), Is.EqualTo("text/html"));
        Assert.That(answer.HeaderOf("x-amz-meta-author"), Is.EqualTo("me"));
        Assert.That((await BrowseAsync("/docs/a%20b.html?acl")).Body, Is.EqualTo("page"));
        Assert.That((await BrowseHostAsync($"{Bucket}.localhost", "/docs/")).Body, Is.EqualTo("docs"));
        Assert.That((await BrowseHostAsync($"{Bucket}.s3-website.eu-central-1.amazonaws.com", "/")).Body, Is.EqualTo("home"));
    }

    [Test]
    public async Task Get_FolderWithoutSlash_GoesToTheSlash()
    {
        await PutSiteAsync();
        await PutPageAsync("docs/index.html", "docs");

        (int status, _, HttpResponseMessage answer) = await BrowseAsync("/docs");
        Assert.That((status, answer.HeaderOf("Location")), Is.EqualTo((302, $"/{Bucket}/docs/")));
        (status, _, answer) = await BrowseHostAsync($"{Bucket}.localhost", "/docs");
        Assert.That((status, answer.HeaderOf("Location")), Is.EqualTo((302, "/docs/")));
        (status, _, answer) = await BrowseAsync("");
        Assert.That((status, answer.HeaderOf("Location")), Is.EqualTo((302, $"/{Bucket}/")));

        await PutPageAsync("docs", "object");
        Assert.That((await BrowseAsync("/docs")).Body, Is.EqualTo("object"));
    }

    [Test]
    public async Task Head_Page_HasTheHeadAlone()
    {
        await PutSiteAsync();
        await PutPageAsync("index.html", "home");

        (int status, string body, HttpResponseMessage answer) = await BrowseAsync("/", HttpMethod.Head);

        Assert.That((status, body), Is.EqualTo((200, "")));
        Assert.That(answer.HeaderOf("Content-Length"), Is.EqualTo("4"));
        Assert.That((await BrowseAsync("/none", HttpMethod.Head)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Get_WithConditionsAndRanges_AnswersAsTheApi()
    {
        await PutSiteAsync();
        await PutPageAsync("k", "0123456789");
        string eTag = (await BrowseAsync("/k")).Answer.HeaderOf("ETag")!;

        (int status, string body, HttpResponseMessage answer) = await BrowseAsync("/k", null, ("Range", "bytes=2-4"));
        Assert.That((status, body, answer.HeaderOf("Content-Range")), Is.EqualTo((206, "234", "bytes 2-4/10")));
        Assert.That((await BrowseAsync("/k", null, ("If-None-Match", eTag))).Status, Is.EqualTo(304));
        Assert.That((await BrowseAsync("/k", null, ("If-Match", "\"other\""))).Status, Is.EqualTo(412));
        Assert.That((await BrowseAsync("/k", null, ("Range", "bytes=20-"))).Status, Is.EqualTo(416));
    }

    [Test]
    public async Task Get_Missing_IsAPageOfS3()
    {
        await PutSiteAsync(new WebsiteConfiguration { IndexDocumentSuffix = "index.html" });

        (int status, string body, HttpResponseMessage answer) = await BrowseAsync("/%3Cb%3E");

        Assert.That(status, Is.EqualTo(404));
        Assert.That(answer.HeaderOf("Content-Type"), Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(answer.HeaderOf("x-amz-error-code"), Is.EqualTo("NoSuchKey"));
        Assert.That(answer.HeaderOf("x-amz-error-detail-Key"), Is.EqualTo("<b>"));
        Assert.That(body, Does.Contain("<h1>404 Not Found</h1>").And.Contain("<li>Code: NoSuchKey</li>")
            .And.Contain("<li>Key: &lt;b&gt;</li>"));
    }

    [Test]
    public async Task Get_Missing_IsTheErrorDocumentWithItsStatus()
    {
        await PutSiteAsync();
        Assert.That((await BrowseAsync("/none")).Body, Does.Contain("Attempting to Retrieve a Custom Error Document"));

        await PutPageAsync("error.html", "sorry");

        (int status, string body, HttpResponseMessage answer) = await BrowseAsync("/none", null, ("Range", "bytes=0-1"));
        Assert.That((status, body), Is.EqualTo((404, "sorry")));
        Assert.That(answer.HeaderOf("x-amz-error-code"), Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task Get_WhatNobodyGave_IsForbidden()
    {
        await PutSiteAsync();
        await PutAsync("private.html", "secret");

        (int status, string body, _) = await BrowseAsync("/private.html");

        Assert.That(status, Is.EqualTo(403));
        Assert.That(body, Does.Contain("AccessDenied").And.Not.Contain("secret"));
    }

    [Test]
    public async Task Get_ObjectWithRedirectLocation_GoesThere()
    {
        await PutSiteAsync();
        await PutPageAsync("old", "x", request => request.WebsiteRedirectLocation = "/new");

        (int status, string body, HttpResponseMessage answer) = await BrowseAsync("/old");

        Assert.That((status, body, answer.HeaderOf("Location")), Is.EqualTo((301, "", "/new")));
        Assert.That(answer.HeaderOf("x-amz-website-redirect-location"), Is.Null);
    }

    [TestCase("elsewhere")]
    [TestCase("ftp://host/")]
    public async Task PutObject_RedirectLocationThatIsNone_IsRefused(string location)
    {
        AmazonS3Exception error = await ErrorOf(() => PutAsync("k", "x", request => request.WebsiteRedirectLocation = location));

        Assert.That(error.ErrorCode, Is.EqualTo("InvalidRedirectLocation"));
    }

    [Test]
    public async Task Visits_AreInTheLog()
    {
        await PutSiteAsync();
        await PutPageAsync("k", "0123456789");
        Server.Requests.Clear();

        await BrowseAsync("/k");
        await BrowseAsync("/none", HttpMethod.Head);

        Assert.That(
            Server.Requests.Snapshot().Select(record => (record.Operation, record.BucketName, record.Key, record.Status)),
            Is.EqualTo(new[] { ("GetObject", Bucket, "k", (int?)200), ("HeadObject", Bucket, "none", 404) }));
        Assert.That(Server.Requests.Snapshot()[0].BytesOut, Is.EqualTo(10));
        Assert.That(Server.Requests.InFlight, Is.Zero);
    }

    [Test]
    public async Task Get_RoutingRules_RedirectBeforeAndAfterTheLook()
    {
        await PutSiteAsync(new WebsiteConfiguration
        {
            IndexDocumentSuffix = "index.html",
            RoutingRules =
            [
                new RoutingRule
                {
                    Condition = new RoutingRuleCondition { KeyPrefixEquals = "old/" },
                    Redirect = new RoutingRuleRedirect { ReplaceKeyPrefixWith = "new/", HttpRedirectCode = "307" },
                },
                new RoutingRule
                {
                    Condition = new RoutingRuleCondition { HttpErrorCodeReturnedEquals = "404" },
                    Redirect = new RoutingRuleRedirect { HostName = "archive.example", Protocol = "https" },
                },
            ],
        });
        await PutPageAsync("there", "x");

        (int status, _, HttpResponseMessage answer) = await BrowseHostAsync($"{Bucket}.localhost", "/old/a");
        Assert.That((status, answer.HeaderOf("Location")), Is.EqualTo((307, $"http://{Bucket}.localhost/new/a")));
        (status, _, answer) = await BrowseAsync("/gone");
        Assert.That((status, answer.HeaderOf("Location")), Is.EqualTo((301, "https://archive.example/gone")));
        Assert.That((await BrowseAsync("/there")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Get_RedirectAll_GoesToTheOtherHost()
    {
        await PutSiteAsync(new WebsiteConfiguration { RedirectAllRequestsTo = new RoutingRuleRedirect { HostName = "www.example" } });

        (int status, _, HttpResponseMessage answer) = await BrowseAsync("/a?b=c");

        Assert.That((status, answer.HeaderOf("Location")), Is.EqualTo((301, "http://www.example/a?b=c")));
    }

    [TestCase("PUT")]
    [TestCase("POST")]
    [TestCase("DELETE")]
    [TestCase("OPTIONS")]
    public async Task OtherMethods_AreNotAllowed(string method)
    {
        await PutSiteAsync();
        await PutPageAsync("k", "x");

        (int status, string body, _) = await BrowseAsync("/k", new HttpMethod(method));

        Assert.That(status, Is.EqualTo(405));
        Assert.That(body, Does.Contain("MethodNotAllowed"));
        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
    }

    [TestCase("/test-bucket/", "NoSuchWebsiteConfiguration")]
    [TestCase("/no-such-bucket/", "NoSuchBucket")]
    [TestCase("/Not_A_Bucket/", "NoSuchBucket")]
    [TestCase("/", "NoSuchBucket")]
    public async Task Get_NoSite_IsNotFound(string path, string code)
    {
        (int status, string body, _) = await BrowseHostAsync(null, path);

        Assert.That(status, Is.EqualTo(404));
        Assert.That(body, Does.Contain(code));
    }

    [Test]
    public async Task Get_FromAnotherOrigin_CarriesCorsHeaders()
    {
        await PutSiteAsync();
        await PutPageAsync("k", "x");
        await Client.PutCORSConfigurationAsync(new PutCORSConfigurationRequest
        {
            BucketName = Bucket,
            Configuration = new CORSConfiguration { Rules = [new CORSRule { AllowedOrigins = ["*"], AllowedMethods = ["GET"] }] },
        });

        foreach (string path in new[] { "/k", "/none" })
        {
            HttpResponseMessage answer = (await BrowseAsync(path, null, ("Origin", "https://app.example"))).Answer;
            Assert.That(answer.HeaderOf("Access-Control-Allow-Origin"), Is.EqualTo("*"), path);
        }
    }
}
