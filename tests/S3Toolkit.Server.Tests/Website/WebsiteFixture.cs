using Amazon.S3.Model;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Website;

/// <summary>A server whose bucket is a web site that everybody may read, and a browser that does not follow redirects.</summary>
public abstract class WebsiteFixture(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options) => options.WebsitePort = 0;

    [SetUp]
    public async Task OpenBucket() => await Server.Core.Storage.UpdateBucketAsync(
        Bucket,
        bucket => bucket with { Ownership = BucketOwnership.ObjectWriter, Acl = PublicRead(bucket), PublicAccessBlock = null },
        default);

    /// <summary>Puts a page that everybody may read.</summary>
    protected async Task PutPageAsync(string key, string content, Action<PutObjectRequest>? configure = null)
    {
        await PutAsync(key, content, request =>
        {
            request.ContentType = "text/html";
            configure?.Invoke(request);
        });
        BucketRecord bucket = (await Server.Core.Storage.FindBucketAsync(Bucket, default))!;
        await Server.Core.Storage.UpdateObjectAsync(Bucket, key, null, record => record with { Acl = PublicRead(bucket) }, default);
    }

    private AclRecord PublicRead(BucketRecord bucket) => new()
    {
        Grants =
        [
            new GrantRecord(Server.Core.OwnerIdOf(bucket), false, AclPermission.FullControl),
            new GrantRecord(AclGroups.AllUsers, true, AclPermission.Read),
        ],
    };

    protected Task PutSiteAsync(WebsiteConfiguration? site = null) => Client.PutBucketWebsiteAsync(new PutBucketWebsiteRequest
    {
        BucketName = Bucket,
        WebsiteConfiguration = site ?? new WebsiteConfiguration { IndexDocumentSuffix = "index.html", ErrorDocument = "error.html" },
    });

    /// <summary>Asks in path style.</summary>
    protected Task<(int Status, string Body, HttpResponseMessage Answer)> BrowseAsync(
        string path, HttpMethod? method = null, params (string Name, string Value)[] headers) =>
        BrowseHostAsync(null, $"/{Bucket}{path}", method, headers);

    protected async Task<(int Status, string Body, HttpResponseMessage Answer)> BrowseHostAsync(
        string? host, string path, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using HttpClient http = Mode == ServerMode.Socket
            ? new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
            : new HttpClient(Server.CreateWebsiteHandler());
        Uri site = Server.WebsiteEndpoint ?? new Uri("http://127.0.0.1:8080");
        using HttpRequestMessage request = new(method ?? HttpMethod.Get, new Uri(site, path));
        if (host is not null) request.Headers.Host = host;
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        HttpResponseMessage answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }
}
