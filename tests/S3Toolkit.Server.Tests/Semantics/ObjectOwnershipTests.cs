using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class ObjectOwnershipTests(ServerMode mode) : TwoUserFixture(mode)
{
    [Test]
    public async Task OwnershipControls_PutGetDelete_RoundTrip()
    {
        Assert.That(await OwnershipAsync(), Is.EqualTo("ObjectWriter"));
        await SetOwnershipAsync(ObjectOwnership.BucketOwnerPreferred);
        Assert.That(await OwnershipAsync(), Is.EqualTo("BucketOwnerPreferred"));

        await Client.DeleteBucketOwnershipControlsAsync(new DeleteBucketOwnershipControlsRequest { BucketName = Bucket });

        Assert.That(await CodeOf(OwnershipAsync), Is.EqualTo("OwnershipControlsNotFoundError"));
        await PutAsync(Client, "k", S3CannedACL.PublicRead);
        Assert.That(await ReadAsync(NobodysClient, "k"), Is.EqualTo("k"), "lists count where nothing says otherwise");
    }

    [TestCase("<OwnershipControls/>")]
    [TestCase("<OwnershipControls><Rule><ObjectOwnership>Nobody</ObjectOwnership></Rule></OwnershipControls>")]
    [TestCase("<OwnershipControls><Rule/><Rule/></OwnershipControls>")]
    public async Task OwnershipControls_WrongDocument_IsRefused(string document)
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, "/" + Bucket, "ownershipControls", document);

        Assert.That((status, body.Contains("<Code>MalformedXML</Code>")), Is.EqualTo((400, true)), body);
    }

    [Test]
    public async Task Enforced_BucketWithAListForOthers_IsRefusedUntilItIsPrivate()
    {
        await OpenBucketAsync(S3CannedACL.PublicRead);

        Assert.That(
            await CodeOf(() => SetOwnershipAsync(ObjectOwnership.BucketOwnerEnforced)), Is.EqualTo("InvalidBucketAclWithObjectOwnership"));
        await OpenBucketAsync(S3CannedACL.Private);
        await SetOwnershipAsync(ObjectOwnership.BucketOwnerEnforced);
    }

    [Test]
    public async Task Enforced_Lists_AreRefusedAndCountForNothing()
    {
        await PutAsync(Client, "open", S3CannedACL.PublicRead);
        await SetOwnershipAsync(ObjectOwnership.BucketOwnerEnforced);

        Assert.That(await CodeOf(() => ReadAsync(NobodysClient, "open")), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => OpenBucketAsync(S3CannedACL.Private)), Is.EqualTo("AccessControlListNotSupported"));
        Assert.That(await CodeOf(() => PutAsync(Client, "k", S3CannedACL.PublicRead)), Is.EqualTo("AccessControlListNotSupported"));
        Assert.That(await CodeOf(() => PutAclAsync("open", S3CannedACL.PublicRead)), Is.EqualTo("AccessControlListNotSupported"));
        Assert.That(await CodeOf(() => PutAsync(Client, "k", S3CannedACL.Private)), Is.EqualTo("AccessControlListNotSupported"));
        Assert.That(await CodeOf(() => PutAclAsync("open", S3CannedACL.Private)), Is.EqualTo("AccessControlListNotSupported"));
        await PutAsync(Client, "k", S3CannedACL.BucketOwnerFullControl);
        await PutAclAsync("k", S3CannedACL.BucketOwnerFullControl);
        GetObjectAclResponse acl = await Client.GetObjectAclAsync(new() { BucketName = Bucket, Key = "open" });
        Assert.That(acl.Grants.Single().Permission, Is.EqualTo(S3Permission.FULL_CONTROL));

        await SetOwnershipAsync(ObjectOwnership.ObjectWriter);
        Assert.That(await ReadAsync(NobodysClient, "open"), Is.EqualTo("open"), "what was given before counts again");
    }

    [TestCase("BucketOwnerPreferred", "bucket-owner-full-control", "ann")]
    [TestCase("BucketOwnerPreferred", "private", "bob")]
    [TestCase("ObjectWriter", "bucket-owner-full-control", "bob")]
    public async Task PutObject_InAnothersBucket_IsOwnedAsTheBucketSays(string ownership, string acl, string owner)
    {
        await OpenBucketAsync(S3CannedACL.PublicReadWrite);
        await SetOwnershipAsync(new ObjectOwnership(ownership));

        await PutAsync(BobsClient, "k", new S3CannedACL(acl));

        ListObjectsResponse listed = await Client.ListObjectsAsync(Bucket);
        Assert.That(listed.S3Objects.Single().Owner.DisplayName, Is.EqualTo(owner));
        if (owner == "ann") Assert.That(await ReadAsync("k"), Is.EqualTo("k"));
    }

    [TestCase("BucketOwnerEnforced", "public-read", "InvalidBucketAclWithObjectOwnership")]
    [TestCase("Nobody", "private", "InvalidArgument")]
    public async Task CreateBucket_ContradictingItself_IsRefused(string ownership, string acl, string code)
    {
        (int status, string body) = await SendAsync(
            HttpMethod.Put, "/new-bucket", "", "", ("x-amz-object-ownership", ownership), ("x-amz-acl", acl));

        Assert.That((status, body.Contains($"<Code>{code}</Code>")), Is.EqualTo((400, true)), body);
    }

    private Task PutAclAsync(string key, S3CannedACL acl) =>
        Client.PutObjectAclAsync(new PutObjectAclRequest { BucketName = Bucket, Key = key, ACL = acl });

    private async Task<string> OwnershipAsync()
    {
        GetBucketOwnershipControlsResponse response = await Client.GetBucketOwnershipControlsAsync(
            new GetBucketOwnershipControlsRequest { BucketName = Bucket });
        return response.OwnershipControls.Rules.Single().ObjectOwnership.Value;
    }
}
