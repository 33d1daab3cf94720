using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Access;

/// <summary>The evaluator alone: no server, only values.</summary>
public sealed class AccessEvaluatorTests
{
    private static readonly S3Identity Ann = new("ann", "id-ann", "key-ann") { AccountId = "111111111111" };
    private static readonly S3Identity Bob = new("bob", "id-bob", "key-bob") { AccountId = "222222222222" };

    private static readonly BucketRecord Enforced = new("bucket", "us-east-1", DateTimeOffset.UnixEpoch) { OwnerId = Ann.CanonicalId };
    private static readonly BucketRecord WithAcls = Enforced with { Ownership = BucketOwnership.ObjectWriter };

    [TestCase("s3:GetObject")]
    [TestCase("s3:PutBucketPolicy")]
    [TestCase("s3:ListBucket")]
    public void Allows_WithoutLists_TheOwnerAlone(string action)
    {
        ObjectRecord open = Object(null, new GrantRecord(AclGroups.AllUsers, true, AclPermission.FullControl));

        Assert.That(Allows(Enforced, Ann, action, open), Is.True);
        Assert.That(Allows(Enforced, Bob, action, open), Is.False);
        Assert.That(Allows(Enforced, S3Identity.Anonymous, action, open), Is.False);
    }

    [TestCase("s3:ListBucket", "READ")]
    [TestCase("s3:ListBucketVersions", "READ")]
    [TestCase("s3:ListBucketMultipartUploads", "READ")]
    [TestCase("s3:PutObject", "WRITE")]
    [TestCase("s3:GetBucketAcl", "READ_ACP")]
    [TestCase("s3:PutBucketAcl", "WRITE_ACP")]
    public void Allows_GrantOnTheBucket_GivesThatActionOnly(string action, string needed)
    {
        foreach (AclPermission given in new[] { AclPermission.Read, AclPermission.Write, AclPermission.ReadAcp, AclPermission.WriteAcp })
        {
            BucketRecord bucket = WithAcls with { Acl = Acl(new GrantRecord(Bob.CanonicalId, false, given)) };
            Assert.That(Allows(bucket, Bob, action), Is.EqualTo(given == AclNames.Parse(needed)), $"{action} by {given}");
            Assert.That(Allows(bucket, S3Identity.Anonymous, action), Is.False);
        }
    }

    [TestCase("s3:GetObject", "READ")]
    [TestCase("s3:GetObjectVersion", "READ")]
    [TestCase("s3:GetObjectVersionAcl", "READ_ACP")]
    [TestCase("s3:PutObjectAcl", "WRITE_ACP")]
    public void Allows_GrantOnTheObject_GivesThatActionOnly(string action, string needed)
    {
        foreach (AclPermission given in new[] { AclPermission.Read, AclPermission.Write, AclPermission.ReadAcp, AclPermission.WriteAcp })
        {
            ObjectRecord record = Object(null, new GrantRecord(Bob.CanonicalId, false, given));
            Assert.That(Allows(WithAcls, Bob, action, record), Is.EqualTo(given == AclNames.Parse(needed)), $"{action} by {given}");
        }
    }

    [Test]
    public void Allows_ObjectOfAnother_IsNotTheBucketOwnersToRead()
    {
        ObjectRecord bobs = Object(Bob.CanonicalId);

        Assert.That(Allows(WithAcls, Ann, "s3:GetObject", bobs), Is.False);
        Assert.That(Allows(WithAcls, Bob, "s3:GetObject", bobs), Is.True);
        Assert.That(Allows(WithAcls, Ann, "s3:DeleteObject", bobs), Is.True, "who pays for a bucket can empty it");
        Assert.That(Allows(Enforced, Ann, "s3:GetObject", bobs), Is.True, "with lists off, all is the bucket owner's");
        Assert.That(Allows(Enforced, Bob, "s3:GetObject", bobs), Is.False);
    }

    [Test]
    public void Allows_ListThatGivesTheOwnerNothing_LocksNobodyOut()
    {
        BucketRecord bucket = WithAcls with { Acl = new AclRecord() };

        Assert.That(Allows(bucket, Ann, "s3:PutObject"), Is.True);
        Assert.That(Allows(bucket, Ann, "s3:PutBucketAcl"), Is.True);
    }

    [TestCase(AclGroups.AllUsers, true, true)]
    [TestCase(AclGroups.AuthenticatedUsers, true, false)]
    [TestCase(AclGroups.LogDelivery, false, false)]
    public void Allows_GrantToAGroup_GivesItToItsMembers(string group, bool bob, bool nobody)
    {
        ObjectRecord record = Object(null, new GrantRecord(group, true, AclPermission.Read));

        Assert.That(Allows(WithAcls, Bob, "s3:GetObject", record), Is.EqualTo(bob));
        Assert.That(Allows(WithAcls, S3Identity.Anonymous, "s3:GetObject", record), Is.EqualTo(nobody));
        BucketRecord blocked = WithAcls with { PublicAccessBlock = new PublicAccessBlockRecord { IgnorePublicAcls = true } };
        Assert.That(Allows(blocked, Bob, "s3:GetObject", record), Is.False, "ignored where public lists are");
    }

    [TestCase("s3:AbortMultipartUpload", true)]
    [TestCase("s3:ListMultipartUploadParts", true)]
    [TestCase("s3:DeleteObject", false)]
    public void Allows_WhoStartedAnUpload_MayGiveItUp(string action, bool expected)
    {
        AccessQuestion question = Question(Enforced, Bob, action) with { InitiatorId = Bob.CanonicalId };

        Assert.That(AccessEvaluator.Allows(question), Is.EqualTo(expected));
        Assert.That(AccessEvaluator.Allows(question with { Caller = S3Identity.Anonymous }), Is.False);
    }

    [TestCase("WRITE", true)]
    [TestCase("READ", false)]
    public void Allows_AclOfANewObject_TakesTheRightToWriteIt(string given, bool expected)
    {
        BucketRecord bucket = WithAcls with { Acl = Acl(new GrantRecord(Bob.CanonicalId, false, AclNames.Parse(given))) };
        AccessQuestion question = Question(bucket, Bob, "s3:PutObjectAcl") with { IsNewObject = true };

        Assert.That(AccessEvaluator.Allows(question), Is.EqualTo(expected));
    }

    [Test]
    public void Allows_WriterOfTheBucket_DeletesHisOwnObjectsOnly()
    {
        BucketRecord bucket = WithAcls with { Acl = Acl(new GrantRecord(Bob.CanonicalId, false, AclPermission.Write)) };

        Assert.That(Allows(bucket, Bob, "s3:DeleteObject", Object(Bob.CanonicalId)), Is.True);
        Assert.That(Allows(bucket, Bob, "s3:DeleteObject", Object(null)), Is.False);
        Assert.That(Allows(WithAcls, Bob, "s3:DeleteObject", Object(Bob.CanonicalId)), Is.False);
    }

    [TestCase("s3:GetBucketTagging")]
    [TestCase("s3:PutLifecycleConfiguration")]
    [TestCase("s3:DeleteBucket")]
    [TestCase("s3:PutObjectTagging")]
    public void Allows_ActionOfNoList_IsNotGivenByFullControl(string action)
    {
        BucketRecord bucket = WithAcls with { Acl = Acl(new GrantRecord(Bob.CanonicalId, false, AclPermission.FullControl)) };

        Assert.That(Allows(bucket, Bob, action), Is.False);
        Assert.That(Allows(bucket, Ann, action), Is.True);
    }

    [Test]
    public void Allows_MorePoliciesThanAreKept_KeepsNoMore()
    {
        for (int i = 0; i < 2 * BucketPolicies.MaxParsed; i++)
        {
            string policy = $$"""
                {"Statement":[{"Sid":"s{{i}}","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}]}
                """;
            Assert.That(Allows(Enforced with { Policy = policy }, Bob, "s3:GetObject", Object(null)), Is.True);
        }

        // Tests that run beside this one may each add one between the count and the clearing.
        Assert.That(BucketPolicies.ParsedCount, Is.LessThanOrEqualTo(BucketPolicies.MaxParsed + 16));
    }

    [Test]
    public void Allows_UploadOfNobodyInParticular_IsNobodys()
    {
        AccessQuestion question = Question(Enforced, S3Identity.Anonymous, "s3:AbortMultipartUpload") with
        {
            Key = "k", InitiatorId = S3Identity.Anonymous.CanonicalId,
        };

        Assert.That(AccessEvaluator.Allows(question), Is.False);
        Assert.That(AccessEvaluator.Allows(question with { Caller = Bob, InitiatorId = Bob.CanonicalId }), Is.True);
    }

    private static bool Allows(BucketRecord bucket, S3Identity caller, string action, ObjectRecord? record = null) =>
        AccessEvaluator.Allows(Question(bucket, caller, action) with { Object = record, Key = record?.Key ?? "" });

    private static AccessQuestion Question(BucketRecord bucket, S3Identity caller, string action) => new()
    {
        Caller = caller,
        Action = action,
        Bucket = bucket,
        BucketOwnerId = bucket.OwnerId!,
        Request = new RequestFacts([], S3QueryCollection.Parse(""), IsHttps: false, DateTimeOffset.UnixEpoch),
    };

    private static ObjectRecord Object(string? ownerId, params GrantRecord[] grants) => new()
    {
        Key = "k", LastModified = DateTimeOffset.UnixEpoch, OwnerId = ownerId, Acl = grants.Length == 0 ? null : Acl(grants),
    };

    private static AclRecord Acl(params GrantRecord[] grants) => new() { Grants = grants };
}
