using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access;

/// <summary>What counts as given to everybody, where everybody is shut out.</summary>
public sealed class PublicAclTests(ServerMode mode) : TwoUserFixture(mode)
{
    private const string AnonymousId = "65a011a29cdf8ec533ec3d1ccaae921c65a011a29cdf8ec533ec3d1ccaae921c";

    private const string Everybody = "uri=http://acs.amazonaws.com/groups/global/AllUsers";

    [TestCase("id=" + AnonymousId)]
    [TestCase(Everybody)]
    public async Task BlockPublicAcls_GrantToEverybody_IsRefused(string grantee)
    {
        await BlockAsync(acls: true, ignore: false);
        (string, string) grant = ("x-amz-grant-read", grantee);

        Assert.That((await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", grant)).Body, Does.Contain("AccessDenied"));
        Assert.That((await SendAsync(HttpMethod.Put, $"/{Bucket}", "acl", "", grant)).Body, Does.Contain("AccessDenied"));
        await PutAsync("k", "x");
        Assert.That((await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "acl", "", grant)).Body, Does.Contain("AccessDenied"));
    }

    [TestCase("id=" + AnonymousId)]
    [TestCase(Everybody)]
    public async Task IgnorePublicAcls_GrantToEverybody_CountsForNothing(string grantee)
    {
        Assert.That((await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", ("x-amz-grant-read", grantee))).Status, Is.EqualTo(200));
        Assert.That((await SendAsAsync(null, HttpMethod.Get, $"/{Bucket}/k")).Status, Is.EqualTo(200), "while nothing is ignored");

        await BlockAsync(acls: false, ignore: true);

        Assert.That((await SendAsAsync(null, HttpMethod.Get, $"/{Bucket}/k")).Status, Is.EqualTo(403));
        Assert.That((await SendAsync(HttpMethod.Get, $"/{Bucket}/k")).Status, Is.EqualTo(200));
    }

    [TestCase("/", "acl")]
    [TestCase("/k", "acl")]
    public async Task BlockPublicAcls_PutWhileADocumentArrives_CountsForIt(string path, string query)
    {
        await PutAsync("k", "x");
        string document = $"""
            <AccessControlPolicy><Owner><ID>{Ann.Id}</ID></Owner><AccessControlList><Grant><Grantee><URI>{Everybody[4..]}</URI></Grantee>
            <Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>
            """;

        string answer = await PutWhileAsync("/" + Bucket + path.TrimEnd('/'), query, document, () => BlockAsync(acls: true, ignore: false));

        Assert.That(answer, Does.Contain("AccessDenied"));
        Assert.That((await Client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = Bucket })).Grants, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task PutOwnershipControls_WhileTheListBecomesPublic_IsRefused()
    {
        const string document =
            "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>";

        string answer = await PutWhileAsync($"/{Bucket}", "ownershipControls", document, () => OpenBucketAsync(S3CannedACL.PublicRead));

        Assert.That(answer, Does.Contain("InvalidBucketAclWithObjectOwnership"));
    }

    [TestCase(100, 200)]
    [TestCase(101, 400)]
    public async Task Put_GrantsInHeaders_AreLimitedAsThoseInADocument(int count, int expected)
    {
        string half = string.Join(',', Enumerable.Repeat("id=" + Bob.Id, 50));
        string rest = string.Join(',', Enumerable.Repeat("id=" + Bob.Id, count - 50));

        (int status, string body) = await SendAsync(
            HttpMethod.Put, $"/{Bucket}/k", "", "x", ("x-amz-grant-read", half), ("x-amz-grant-read-acp", rest));

        Assert.That(status, Is.EqualTo(expected), body);
    }

    [Test]
    public async Task Anonymous_StartsNoUploadAndCopiesNothing()
    {
        await OpenBucketAsync(S3CannedACL.PublicReadWrite);
        await PutAsync(Client, "source", S3CannedACL.PublicRead);

        (int status, string upload) = await SendAsAsync(null, HttpMethod.Post, $"/{Bucket}/k", "uploads");
        (_, string copy) = await SendAsAsync(null, HttpMethod.Put, $"/{Bucket}/k", "", "", ("x-amz-copy-source", $"/{Bucket}/source"));

        Assert.That(status, Is.EqualTo(403));
        Assert.That(upload, Does.Contain(">Anonymous users cannot initiate multipart uploads.  Please authenticate.<"));
        Assert.That(copy, Does.Contain(">Anonymous users cannot copy objects.  Please authenticate.<").And.Contain("AccessDenied"));
    }

    private Task BlockAsync(bool acls, bool ignore) => Client.PutPublicAccessBlockAsync(new PutPublicAccessBlockRequest
    {
        BucketName = Bucket,
        PublicAccessBlockConfiguration = new PublicAccessBlockConfiguration { BlockPublicAcls = acls, IgnorePublicAcls = ignore },
    });

    /// <summary>Sends a document whose first byte comes when something else was done.</summary>
    private async Task<string> PutWhileAsync(string path, string query, string document, Func<Task> meanwhile)
    {
        using HttpRequestMessage request = SignedAt(HttpMethod.Put, path, TimeProvider.System.GetUtcNow(), query, document);
        request.Content = new StreamContent(new LateStream(Encoding.UTF8.GetBytes(document), meanwhile));
        using HttpClient http = CreateHttpClient();
        using HttpResponseMessage response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private sealed class LateStream(byte[] bytes, Func<Task> meanwhile) : MemoryStream(bytes)
    {
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            await meanwhile();
            await base.CopyToAsync(destination, bufferSize, cancellationToken);
        }
    }
}
