using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Website;

namespace S3Toolkit.Server.Tests.Website;

public sealed class WebsitePlannerTests
{
    private static readonly WebsiteRecord Site = new() { IndexSuffix = "index.html", ErrorKey = "error.html" };

    [TestCase("", "index.html")]
    [TestCase("docs/", "docs/index.html")]
    [TestCase("docs", "docs")]
    [TestCase("a/b.png", "a/b.png")]
    public void Next_NothingKnown_LooksUpTheObjectOrTheIndex(string key, string expected) =>
        Assert.That(Next(Site, key), Is.EqualTo(new WebsiteStep.LookUp(expected)));

    [TestCase(200)]
    [TestCase(206)]
    [TestCase(304)]
    public void Next_Found_Serves(int status) => Assert.That(Next(Site, "k", status), Is.TypeOf<WebsiteStep.Serve>());

    [Test]
    public void Next_FoundWithLocation_Redirects() => Assert.That(
        WebsitePlanner.Next(Site, Ask("k"), new WebsiteFindings { Status = 200, RedirectLocation = "/other" }),
        Is.EqualTo(new WebsiteStep.Redirect(301, "/other")));

    [TestCase(404)]
    [TestCase(403)]
    public void Next_Missing_MayBeAFolder(int status)
    {
        Assert.That(Next(Site, "docs", status), Is.EqualTo(new WebsiteStep.LookForFolder("docs/index.html")));
        Assert.That(Next(Site, "docs", status, isFolder: true), Is.EqualTo(new WebsiteStep.Redirect(302, "/docs/")));
        Assert.That(Next(Site, "docs", status, isFolder: false), Is.EqualTo(new WebsiteStep.Error("error.html")));
    }

    [TestCase("", 404, "error.html")]
    [TestCase("docs/", 404, "error.html")]
    [TestCase("k", 416, "error.html")]
    [TestCase("k", 500, null)]
    public void Next_Error_TakesTheErrorDocumentForWhatTheBrowserDidWrong(string key, int status, string? document) =>
        Assert.That(Next(Site, key, status), Is.EqualTo(new WebsiteStep.Error(document)));

    [Test]
    public void Next_RedirectAll_KeepsPathAndQuery()
    {
        WebsiteRecord site = new() { RedirectAll = new() { HostName = "example.com" } };

        Assert.That(
            WebsitePlanner.Next(site, Ask("a b/c", "q=1&r"), new()),
            Is.EqualTo(new WebsiteStep.Redirect(301, "http://example.com/a%20b/c?q=1&r")));
        Assert.That(
            WebsitePlanner.Next(site with { RedirectAll = site.RedirectAll with { Protocol = "https" } }, Ask(""), new()),
            Is.EqualTo(new WebsiteStep.Redirect(301, "https://example.com/")));
    }

    [Test]
    public void Next_RuleOfPrefix_RedirectsBeforeAnyLook()
    {
        WebsiteRecord site = With(new RoutingRuleRecord
        {
            KeyPrefix = "old/", Redirect = new() { ReplaceKeyPrefixWith = "new/", Status = 302 },
        });

        Assert.That(Next(site, "old/page"), Is.EqualTo(new WebsiteStep.Redirect(302, "http://site.test/new/page")));
        Assert.That(Next(site, "older"), Is.EqualTo(new WebsiteStep.LookUp("older")));
    }

    [Test]
    public void Next_RuleOfStatus_RedirectsAfterTheLook()
    {
        WebsiteRecord site = With(new RoutingRuleRecord
        {
            ErrorStatus = 404, KeyPrefix = "r",
            Redirect = new() { HostName = "other.example", Protocol = "https", ReplaceKeyWith = "sorry.html" },
        });

        Assert.That(Next(site, "r/x"), Is.TypeOf<WebsiteStep.LookUp>());
        Assert.That(Next(site, "r/x", 404), Is.EqualTo(new WebsiteStep.Redirect(301, "https://other.example/sorry.html")));
        Assert.That(Next(site, "bad/", 404), Is.TypeOf<WebsiteStep.Error>());
        Assert.That(Next(site, "r/", 403), Is.TypeOf<WebsiteStep.Error>());
        Assert.That(Next(site, "r/x", 200), Is.TypeOf<WebsiteStep.Serve>());
    }

    [Test]
    public void Next_SeveralRules_FirstThatFitsDecides()
    {
        WebsiteRecord site = With(
            new RoutingRuleRecord { ErrorStatus = 404, Redirect = new() { HostName = "first.example" } },
            new RoutingRuleRecord { Redirect = new() { HostName = "second.example" } });

        // Without the status, nobody can tell whether the first one fits.
        Assert.That(Next(site, "any"), Is.EqualTo(new WebsiteStep.LookUp("any")));
        Assert.That(Next(site, "any", 404), Is.EqualTo(new WebsiteStep.Redirect(301, "http://first.example/any")));
        Assert.That(Next(site, "any", 200), Is.EqualTo(new WebsiteStep.Redirect(301, "http://second.example/any")));
    }

    [Test]
    public void Next_PathStyle_StaysInTheBucketUnlessTheHostChanges()
    {
        WebsiteRequest asked = new("docs", "", "http", "127.0.0.1:8080", "/bucket/");
        RoutingRuleRecord rule = new() { KeyPrefix = "docs", Redirect = new() { ReplaceKeyWith = "a/b" } };

        Assert.That(
            WebsitePlanner.Next(Site, asked, new() { Status = 404, IsFolder = true }),
            Is.EqualTo(new WebsiteStep.Redirect(302, "/bucket/docs/")));
        Assert.That(
            WebsitePlanner.Next(With(rule), asked, new()), Is.EqualTo(new WebsiteStep.Redirect(301, "http://127.0.0.1:8080/bucket/a/b")));
        Assert.That(
            WebsitePlanner.Next(With(rule with { Redirect = new() { HostName = "x.example" } }), asked, new()),
            Is.EqualTo(new WebsiteStep.Redirect(301, "http://x.example/docs")));
    }

    private static WebsiteRecord With(params RoutingRuleRecord[] rules) => Site with { Rules = rules };

    private static WebsiteRequest Ask(string key, string query = "") => new(key, query, "http", "site.test", "/");

    private static WebsiteStep Next(WebsiteRecord site, string key, int? status = null, bool? isFolder = null) =>
        WebsitePlanner.Next(site, Ask(key), new WebsiteFindings { Status = status, IsFolder = isFolder });
}
