using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class AclTests(ServerMode mode) : TwoUserFixture(mode)
{
    private const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";

    [TestCase("private", "ann:FULL_CONTROL")]
    [TestCase("public-read", "AllUsers:READ ann:FULL_CONTROL")]
    [TestCase("public-read-write", "AllUsers:READ AllUsers:WRITE ann:FULL_CONTROL")]
    [TestCase("authenticated-read", "AuthenticatedUsers:READ ann:FULL_CONTROL")]
    [TestCase("log-delivery-write", "LogDelivery:READ_ACP LogDelivery:WRITE ann:FULL_CONTROL")]
    [TestCase("bucket-owner-read", "ann:FULL_CONTROL")]
    [TestCase("bucket-owner-full-control", "ann:FULL_CONTROL")]
    public async Task PutBucketAcl_Canned_IsShownAsGrants(string canned, string expected)
    {
        await OpenBucketAsync(new S3CannedACL(canned));
        GetBucketAclResponse acl = await Client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = Bucket });
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "made-with-it", CannedACL = canned });
        GetBucketAclResponse made = await Client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = "made-with-it" });

        Assert.That(Text(acl.Grants), Is.EqualTo(expected));
        Assert.That(Text(made.Grants), Is.EqualTo(expected));
        Assert.That((acl.Owner.Id, acl.Owner.DisplayName), Is.EqualTo((Ann.Id, "ann")));
    }

    [TestCase("private", "bob:FULL_CONTROL")]
    [TestCase("public-read", "AllUsers:READ bob:FULL_CONTROL")]
    [TestCase("authenticated-read", "AuthenticatedUsers:READ bob:FULL_CONTROL")]
    [TestCase("bucket-owner-read", "ann:READ bob:FULL_CONTROL")]
    [TestCase("bucket-owner-full-control", "ann:FULL_CONTROL bob:FULL_CONTROL")]
    public async Task PutObject_CannedInAnothersBucket_IsShownAsGrants(string canned, string expected)
    {
        await OpenBucketAsync(S3CannedACL.PublicReadWrite);

        await PutAsync(BobsClient, "k", new S3CannedACL(canned));

        GetObjectAclResponse acl = await BobsClient.GetObjectAclAsync(new() { BucketName = Bucket, Key = "k" });
        Assert.That(Text(acl.Grants), Is.EqualTo(expected));
        Assert.That(acl.Owner.Id, Is.EqualTo(Bob.Id));
        bool annMayRead = canned != "private";
        if (annMayRead) await ReadAsync("k");
        else Assert.That(await CodeOf(() => ReadAsync("k")), Is.EqualTo("AccessDenied"));
    }

    [Test]
    public async Task PutObjectAcl_PublicRead_OpensThatVersionOnly()
    {
        await EnableVersioningAsync();
        string first = (await PutAsync("k", "old")).VersionId;
        string second = (await PutAsync("k", "new")).VersionId;

        await Client.PutObjectAclAsync(
            new PutObjectAclRequest { BucketName = Bucket, Key = "k", VersionId = first, ACL = S3CannedACL.PublicRead });

        Assert.That(await ReadAsync(NobodysClient, "k", first), Is.EqualTo("old"));
        Assert.That(await CodeOf(() => ReadAsync(NobodysClient, "k", second)), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => ReadAsync(NobodysClient, "k")), Is.EqualTo("AccessDenied"));
    }

    [Test]
    public async Task PutObjectAcl_Document_RoundTrips()
    {
        await PutAsync("k", "x");
        GetObjectAclResponse before = await Client.GetObjectAclAsync(new() { BucketName = Bucket, Key = "k" });

        await Client.PutObjectAclAsync(new PutObjectAclRequest
        {
            BucketName = Bucket,
            Key = "k",
            AccessControlPolicy = new S3AccessControlList
            {
                Owner = before.Owner,
                Grants =
                [
                    new S3Grant { Grantee = new S3Grantee { CanonicalUser = Bob.Id }, Permission = S3Permission.READ },
                    new S3Grant { Grantee = new S3Grantee { EmailAddress = "BOB@example.com" }, Permission = S3Permission.READ_ACP },
                    new S3Grant { Grantee = new S3Grantee { URI = AllUsers }, Permission = S3Permission.READ_ACP },
                ],
            },
        });

        GetObjectAclResponse after = await BobsClient.GetObjectAclAsync(new() { BucketName = Bucket, Key = "k" });
        Assert.That(Text(after.Grants), Is.EqualTo("AllUsers:READ_ACP bob:READ bob:READ_ACP"));
        Assert.That(await ReadAsync(BobsClient, "k"), Is.EqualTo("x"));
        Assert.That(await CodeOf(() => ReadAsync(NobodysClient, "k")), Is.EqualTo("AccessDenied"));
        await NobodysClient.GetObjectAclAsync(new() { BucketName = Bucket, Key = "k" });
        Assert.That(await ReadAsync("k"), Is.EqualTo("x"), "an owner needs no grant");
    }

    [Test]
    public async Task PutAcl_EmptyList_GivesNobodyAnythingAndIsKept()
    {
        await PutAsync("k", "x");
        await OpenBucketAsync(S3CannedACL.PublicRead);
        string document = $"<AccessControlPolicy><Owner><ID>{Ann.Id}</ID></Owner><AccessControlList/></AccessControlPolicy>";
        await SendAsync(HttpMethod.Put, "/" + Bucket, "acl", document);
        await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "acl", document);

        Assert.That((await Client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = Bucket })).Grants ?? [], Is.Empty);
        Assert.That((await Client.GetObjectAclAsync(new() { BucketName = Bucket, Key = "k" })).Grants ?? [], Is.Empty);
        Assert.That(await CodeOf(() => NobodysClient.ListObjectsAsync(Bucket)), Is.EqualTo("AccessDenied"));
        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
    }

    [Test]
    public async Task PutObjectAcl_ByWhoMayWriteTheList_KeepsTheOwner()
    {
        await PutAsync("k", "x");
        await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "acl", "", ("x-amz-grant-write-acp", $"id=\"{Bob.Id}\""));

        await BobsClient.PutObjectAclAsync(new PutObjectAclRequest { BucketName = Bucket, Key = "k", ACL = S3CannedACL.PublicRead });

        GetObjectAclResponse acl = await Client.GetObjectAclAsync(new() { BucketName = Bucket, Key = "k" });
        Assert.That(acl.Owner.Id, Is.EqualTo(Ann.Id));
        Assert.That(await CodeOf(() => BobsClient.GetObjectAclAsync(new() { BucketName = Bucket, Key = "k" })), Is.EqualTo("AccessDenied"));
        Assert.That(await ReadAsync(NobodysClient, "k"), Is.EqualTo("x"));
    }

    [Test]
    public async Task PutBucketAcl_GrantHeaders_GiveWhatTheySay()
    {
        (int status, string body) = await SendAsync(
            HttpMethod.Put, "/" + Bucket, "acl", "",
            ("x-amz-grant-read", $"uri=\"{AllUsers}\", emailAddress=\"bob@example.com\""), ("x-amz-grant-write", "id=" + Bob.Id));

        Assert.That(status, Is.EqualTo(200), body);
        GetBucketAclResponse acl = await Client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = Bucket });
        Assert.That(Text(acl.Grants), Is.EqualTo("AllUsers:READ bob:READ bob:WRITE"));
        await NobodysClient.ListObjectsV2Async(new() { BucketName = Bucket });
        await PutAsync(BobsClient, "k");
        Assert.That(await CodeOf(() => PutAsync(NobodysClient, "k")), Is.EqualTo("AccessDenied"));
    }

    [TestCase("x-amz-acl", "everybody", 400, "InvalidArgument")]
    [TestCase("x-amz-grant-read", "id=somebody", 400, "InvalidArgument")]
    [TestCase("x-amz-grant-read", "uri=http://nowhere", 400, "InvalidArgument")]
    [TestCase("x-amz-grant-read", "emailAddress=no@body", 400, "UnresolvableGrantByEmailAddress")]
    [TestCase("x-amz-grant-read", "everybody", 400, "InvalidArgument")]
    public async Task Acl_WrongHeader_IsRefusedWhereverItIsPut(string header, string value, int status, string code)
    {
        await PutAsync("k", "x");
        foreach ((string path, string query) in new[]
                 {
                     ("/" + Bucket, "acl"), ($"/{Bucket}/k", "acl"), ($"/{Bucket}/new", ""), ("/new-bucket", ""),
                 })
        {
            (int actual, string body) = await SendAsync(HttpMethod.Put, path, query, "", (header, value));
            Assert.That((actual, body.Contains($"<Code>{code}</Code>")), Is.EqualTo((status, true)), path + body);
        }
        (int started, string answer) = await SendAsync(HttpMethod.Post, $"/{Bucket}/m", "uploads", "", (header, value));
        Assert.That((started, answer.Contains(code)), Is.EqualTo((status, true)), answer);
    }

    [TestCase("<AccessControlPolicy>", "MalformedACLError", 400)]
    [TestCase("<Other/>", "MalformedACLError", 400)]
    [TestCase("<AccessControlPolicy><AccessControlList/></AccessControlPolicy>", "MalformedACLError", 400)]
    [TestCase("<AccessControlPolicy><Owner><ID>OWNER</ID></Owner></AccessControlPolicy>", "MalformedACLError", 400)]
    [TestCase("<AccessControlPolicy><Owner><ID>OWNER</ID></Owner><AccessControlList><Grant><Grantee><ID>OWNER</ID></Grantee>"
        + "<Permission>ALL</Permission></Grant></AccessControlList></AccessControlPolicy>", "MalformedACLError", 400)]
    [TestCase("<AccessControlPolicy><Owner><ID>OWNER</ID></Owner><AccessControlList><Grant><Grantee/>"
        + "<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>", "MalformedACLError", 400)]
    [TestCase("<AccessControlPolicy><Owner><ID>OWNER</ID></Owner><AccessControlList><Grant><Grantee><ID>nobody</ID></Grantee>"
        + "<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>", "InvalidArgument", 400)]
    [TestCase("<AccessControlPolicy><Owner><ID>OTHER</ID></Owner><AccessControlList/></AccessControlPolicy>", "AccessDenied", 403)]
    [TestCase("", "MissingSecurityHeader", 400)]
    public async Task PutAcl_WrongDocument_IsRefused(string document, string code, int status)
    {
        await PutAsync("k", "x");
        string xml = document.Replace("OWNER", Ann.Id).Replace("OTHER", Bob.Id);
        foreach (string path in new[] { "/" + Bucket, $"/{Bucket}/k" })
        {
            (int actual, string body) = await SendAsync(HttpMethod.Put, path, "acl", xml);
            Assert.That((actual, body.Contains($"<Code>{code}</Code>")), Is.EqualTo((status, true)), body);
        }
    }

    [Test]
    public async Task PutAcl_TwoFormsAtOnce_IsRefused()
    {
        (int both, string first) = await SendAsync(
            HttpMethod.Put, "/" + Bucket, "acl", "", ("x-amz-acl", "private"), ("x-amz-grant-read", "id=" + Bob.Id));
        (int body, string second) = await SendAsync(
            HttpMethod.Put, "/" + Bucket, "acl", "<AccessControlPolicy/>", ("x-amz-acl", "private"));

        Assert.That((both, first.Contains("InvalidRequest")), Is.EqualTo((400, true)), first);
        Assert.That((body, second.Contains("UnexpectedContent")), Is.EqualTo((400, true)), second);
    }

    [Test]
    public async Task PublicAccess_Anonymous_IsWhatTheListsGive()
    {
        await PutAsync(Client, "open", S3CannedACL.PublicRead);
        await PutAsync(Client, "shut");
        await PutAsync(Client, "known", S3CannedACL.AuthenticatedRead);

        Assert.That(await ReadAsync(NobodysClient, "open"), Is.EqualTo("open"));
        Assert.That(await ReadAsync(BobsClient, "open"), Is.EqualTo("open"));
        Assert.That(await CodeOf(() => ReadAsync(NobodysClient, "shut")), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => ReadAsync(NobodysClient, "known")), Is.EqualTo("AccessDenied"));
        Assert.That(await ReadAsync(BobsClient, "known"), Is.EqualTo("known"));
        Assert.That(await CodeOf(() => NobodysClient.ListObjectsV2Async(new() { BucketName = Bucket })), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => NobodysClient.ListObjectsV2Async(new() { BucketName = "no-bucket" })), Is.EqualTo("NoSuchBucket"));

        await OpenBucketAsync(S3CannedACL.PublicReadWrite);

        await PutAsync(NobodysClient, "nobodys");
        ListObjectsResponse listed = await NobodysClient.ListObjectsAsync(Bucket);
        Assert.That(listed.S3Objects.Select(item => item.Key), Does.Contain("nobodys"));
        Assert.That(
            await CodeOf(() => NobodysClient.GetBucketAclAsync(new GetBucketAclRequest { BucketName = Bucket })),
            Is.EqualTo("AccessDenied"));
    }

    [Test]
    public async Task PutObjectAcl_Done_IsAnEventInItsCallersName()
    {
        await PutAsync(Client, "k");
        using S3EventListener events = Server.Events.Listen();
        await Client.PutObjectAclAsync(new PutObjectAclRequest { BucketName = Bucket, Key = "k", ACL = S3CannedACL.PublicRead });
        S3ObjectEvent changed = await events.NextAsync();

        string owner = (await Client.GetObjectAclAsync(new GetObjectAclRequest { BucketName = Bucket, Key = "k" })).Owner.Id;
        Assert.That((changed.EventName, changed.Key, changed.PrincipalId), Is.EqualTo(("ObjectAcl:Put", "k", owner)));
    }

    [Test]
    public async Task PostForm_WithoutASignature_GoesIntoAPublicBucketOnly()
    {
        Assert.That(await PostAsync(), Is.EqualTo(HttpStatusCode.Forbidden));

        await OpenBucketAsync(S3CannedACL.PublicReadWrite);

        Assert.That(await PostAsync(("acl", "public-read")), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await ReadAsync(BobsClient, "form"), Is.EqualTo("content"));
        Assert.That(await PostAsync(("acl", "everybody")), Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task PutObject_WithTags_TakesOnlyTheRightToWrite()
    {
        await OpenBucketAsync(S3CannedACL.PublicReadWrite);

        await BobsClient.PutObjectAsync(new PutObjectRequest
        {
            BucketName = Bucket, Key = "k", ContentBody = "x", TagSet = [new Tag { Key = "a", Value = "b" }],
        });

        Assert.That((await BobsClient.GetObjectTaggingAsync(new() { BucketName = Bucket, Key = "k" })).Tagging, Has.Count.EqualTo(1));
        Assert.That(
            await CodeOf(() => NobodysClient.GetObjectTaggingAsync(new() { BucketName = Bucket, Key = "k" })), Is.EqualTo("AccessDenied"));
    }

    [Test]
    public async Task Multipart_CannedList_IsThatOfTheObject()
    {
        InitiateMultipartUploadResponse started = await Client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = Bucket, Key = "m", CannedACL = S3CannedACL.PublicRead });
        UploadPartResponse part = await Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket, Key = "m", UploadId = started.UploadId, PartNumber = 1, InputStream = new MemoryStream("m"u8.ToArray()),
        });
        await Client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = Bucket, Key = "m", UploadId = started.UploadId, PartETags = [new PartETag(1, part.ETag)],
        });

        Assert.That(await ReadAsync(NobodysClient, "m"), Is.EqualTo("m"));
    }

    [Test]
    public async Task CopyObject_CannedList_IsThatOfTheCopy()
    {
        await PutAsync(Client, "k");

        await Client.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "c", CannedACL = S3CannedACL.PublicRead,
        });

        Assert.That(await ReadAsync(NobodysClient, "c"), Is.EqualTo("k"));
    }

    private async Task<HttpStatusCode> PostAsync(params (string Name, string Value)[] fields)
    {
        using MultipartFormDataContent form = new() { { new StringContent("form"), "\"key\"" } };
        foreach ((string name, string value) in fields) form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new StringContent("content"), "\"file\"", "\"f\"");
        using HttpClient http = CreateHttpClient();
        using HttpResponseMessage response = await http.PostAsync(new Uri(Server.Endpoint, "/" + Bucket), form);
        return response.StatusCode;
    }

    private static string Text(List<S3Grant> grants) => string.Join(' ', grants
        .Select(grant => $"{grant.Grantee.DisplayName ?? grant.Grantee.URI.Split('/')[^1]}:{grant.Permission.Value}")
        .Order(StringComparer.Ordinal));
}
