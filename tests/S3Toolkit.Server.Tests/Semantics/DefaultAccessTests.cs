using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>AWS's defaults of today: lists off, public access blocked.</summary>
public sealed class DefaultAccessTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task NewBucket_IsTheOwnersAlone()
    {
        await PutAsync("k", "x");
        GetBucketOwnershipControlsResponse controls = await Client.GetBucketOwnershipControlsAsync(
            new GetBucketOwnershipControlsRequest { BucketName = Bucket });
        GetObjectAclResponse acl = await Client.GetObjectAclAsync(new() { BucketName = Bucket, Key = "k" });

        Assert.That(controls.OwnershipControls.Rules.Single().ObjectOwnership, Is.EqualTo(ObjectOwnership.BucketOwnerEnforced));
        Assert.That(acl.Grants.Single().Grantee.CanonicalUser, Is.EqualTo(acl.Owner.Id));
    }

    [Test]
    public async Task NewBucketWithLists_PublicOnes_AreBlocked()
    {
        PutBucketRequest create = new()
        {
            BucketName = "with-lists", ObjectOwnership = ObjectOwnership.ObjectWriter, CannedACL = S3CannedACL.PublicRead,
        };
        AmazonS3Exception error = await ErrorOf(() => Client.PutBucketAsync(create));
        Assert.That(error.ErrorCode, Is.EqualTo("InvalidBucketAclWithBlockPublicAccessError"));
        create.CannedACL = S3CannedACL.Private;
        await Client.PutBucketAsync(create);

        PutObjectRequest put = new() { BucketName = "with-lists", Key = "k", ContentBody = "x", CannedACL = S3CannedACL.PublicRead };
        PutBucketAclRequest open = new() { BucketName = "with-lists", ACL = S3CannedACL.AuthenticatedRead };
        Assert.That((await ErrorOf(() => Client.PutObjectAsync(put))).ErrorCode, Is.EqualTo("AccessDenied"));
        Assert.That((await ErrorOf(() => Client.PutBucketAclAsync(open))).ErrorCode, Is.EqualTo("AccessDenied"));
        put.CannedACL = S3CannedACL.BucketOwnerRead;
        await Client.PutObjectAsync(put);
    }
}
