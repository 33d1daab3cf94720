using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Website;

public sealed class WebsiteConfigurationTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task BucketWebsite_PutGetDelete_RoundTrips()
    {
        WebsiteConfiguration site = new()
        {
            IndexDocumentSuffix = "index.html", ErrorDocument = "errors/all.html",
            RoutingRules =
            [
                new RoutingRule
                {
                    Condition = new RoutingRuleCondition { KeyPrefixEquals = "", HttpErrorCodeReturnedEquals = "404" },
                    Redirect = new RoutingRuleRedirect { Protocol = "https", HostName = "h.example", ReplaceKeyWith = "k" },
                },
                new RoutingRule { Redirect = new RoutingRuleRedirect { ReplaceKeyPrefixWith = "", HttpRedirectCode = "302" } },
            ],
        };

        await PutAsync(site);

        WebsiteConfiguration read = await GetAsync();
        Assert.That((read.IndexDocumentSuffix, read.ErrorDocument), Is.EqualTo(("index.html", "errors/all.html")));
        Assert.That(read.RoutingRules[0].Condition.HttpErrorCodeReturnedEquals, Is.EqualTo("404"));
        Assert.That(read.RoutingRules[0].Redirect.HostName, Is.EqualTo("h.example"));
        Assert.That(read.RoutingRules[0].Redirect.ReplaceKeyWith, Is.EqualTo("k"));
        Assert.That(read.RoutingRules[1].Condition, Is.Null);
        Assert.That(read.RoutingRules[1].Redirect.HttpRedirectCode, Is.EqualTo("302"));

        await PutAsync(new WebsiteConfiguration { RedirectAllRequestsTo = new RoutingRuleRedirect { HostName = "x", Protocol = "https" } });
        read = await GetAsync();
        Assert.That((read.RedirectAllRequestsTo.HostName, read.RedirectAllRequestsTo.Protocol), Is.EqualTo(("x", "https")));
        Assert.That(read.IndexDocumentSuffix, Is.Null.Or.Empty);

        await Client.DeleteBucketWebsiteAsync(Bucket);
        Assert.That(await FindAsync(), Is.EqualTo(404));
    }

    [TestCase("", "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty")]
    [TestCase("<Other/>", "MalformedXML")]
    [TestCase("<IndexDocument/>", "The IndexDocument Suffix is not well formed")]
    [TestCase("<IndexDocument><Suffix>a/b</Suffix></IndexDocument>", "The IndexDocument Suffix is not well formed")]
    [TestCase("{index}<ErrorDocument/>", "MalformedXML")]
    [TestCase("{index}<RoutingRules/>", "MalformedXML")]
    [TestCase("{index}<RedirectAllRequestsTo><HostName>h</HostName></RedirectAllRequestsTo>",
        "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.")]
    [TestCase("<RedirectAllRequestsTo/>", "MalformedXML")]
    [TestCase("<RedirectAllRequestsTo><HostName></HostName></RedirectAllRequestsTo>", "A host name must be provided")]
    [TestCase("<RedirectAllRequestsTo><HostName>h</HostName><Protocol>ftp</Protocol></RedirectAllRequestsTo>", "Invalid protocol")]
    [TestCase("{rule:<Condition/><Redirect><HostName>h</HostName></Redirect>}", "Condition cannot be empty.")]
    [TestCase("{rule:<Condition><KeyPrefixEquals>a</KeyPrefixEquals></Condition>}", "MalformedXML")]
    [TestCase("{rule:<Redirect/>}", "MalformedXML")]
    [TestCase("{rule:<Redirect><ReplaceKeyWith>a</ReplaceKeyWith><ReplaceKeyPrefixWith>b</ReplaceKeyPrefixWith></Redirect>}",
        "You can only define ReplaceKeyPrefix or ReplaceKey but not both.")]
    [TestCase("{rule:<Redirect><HttpRedirectCode>200</HttpRedirectCode></Redirect>}",
        "The provided HTTP redirect code (200) is not valid. Valid codes are 3XX except 300.")]
    [TestCase("{rule:<Redirect><HttpRedirectCode>x</HttpRedirectCode></Redirect>}", "MalformedXML")]
    [TestCase("{rule:<Condition><HttpErrorCodeReturnedEquals>302</HttpErrorCodeReturnedEquals></Condition>"
        + "<Redirect><HostName>h</HostName></Redirect>}",
        "The provided HTTP error code (302) is not valid. Valid codes are 4XX or 5XX.")]
    [TestCase("{rule:<Redirect><HostName>a&#10;b</HostName></Redirect>}", "InvalidArgument")]
    public async Task PutBucketWebsite_WrongDocument_IsRefused(string content, string expected)
    {
        const string Index = "<IndexDocument><Suffix>i</Suffix></IndexDocument>";
        if (content.StartsWith("{rule:", StringComparison.Ordinal))
            content = $"{Index}<RoutingRules><RoutingRule>{content["{rule:".Length..^1]}</RoutingRule></RoutingRules>";

        (int status, string body) = await SendAsync(
            HttpMethod.Put, "/" + Bucket, "website=",
            $"<WebsiteConfiguration>{content.Replace("{index}", Index, StringComparison.Ordinal)}</WebsiteConfiguration>");

        Assert.That(status, Is.EqualTo(400), body);
        Assert.That(body, Does.Contain(expected));
        Assert.That(await FindAsync(), Is.EqualTo(404));
    }

    [Test]
    public async Task PutBucketWebsite_MoreThanFiftyRules_IsRefused()
    {
        RoutingRule rule = new() { Redirect = new RoutingRuleRedirect { HostName = "h" } };
        WebsiteConfiguration site = new() { IndexDocumentSuffix = "i", RoutingRules = [.. Enumerable.Repeat(rule, 50)] };
        await PutAsync(site);

        site.RoutingRules.Add(rule);

        Assert.That((await ErrorOf(() => PutAsync(site))).ErrorCode, Is.EqualTo("InvalidRequest"));
        Assert.That((await GetAsync()).RoutingRules, Has.Count.EqualTo(50));
    }

    private Task PutAsync(WebsiteConfiguration site) => Client.PutBucketWebsiteAsync(
        new PutBucketWebsiteRequest { BucketName = Bucket, WebsiteConfiguration = site });

    /// <summary>The SDK takes the error for an answer without content.</summary>
    private async Task<int> FindAsync()
    {
        (int status, string body) = await SendAsync(HttpMethod.Get, "/" + Bucket, "website=");
        Assert.That(body.Contains("<Code>NoSuchWebsiteConfiguration</Code>"), Is.EqualTo(status == 404), body);
        return status;
    }

    private async Task<WebsiteConfiguration> GetAsync() =>
        (await Client.GetBucketWebsiteAsync(new GetBucketWebsiteRequest { BucketName = Bucket })).WebsiteConfiguration;
}
