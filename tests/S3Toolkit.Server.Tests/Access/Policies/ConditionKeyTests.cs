using S3Toolkit.Server.Access;
using S3Toolkit.Server.Access.Policies;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Access.Policies;

public sealed class ConditionKeyTests
{
    /// <summary>A key that S3 knows and the server never finds would leave a Deny without effect.</summary>
    [TestCaseSource(typeof(ConditionKeys), nameof(ConditionKeys.Names))]
    public void Find_OfAQuestionThatHoldsAll_HasAValueUnlessTheKeyIsAbsent(string key)
    {
        bool isAbsent = ConditionKeys.Find(key, out _)!.IsAbsent;

        IReadOnlyList<string>? values = new QuestionValues(Question(key)).Find(key);

        Assert.That(values, isAbsent ? Is.Null : Is.Not.Empty);
    }

    [Test]
    public void Names_AbsentOnes_AreThoseOfWhatTheServerHasNot() => Assert.That(
        ConditionKeys.Names.Where(static key => ConditionKeys.Find(key, out _)!.IsAbsent),
        Is.EquivalentTo(new[]
        {
            "s3:LocationConstraint", "s3:DataAccessPointAccount", "s3:DataAccessPointArn", "s3:AccessPointNetworkOrigin",
            "s3:AccessGrantsInstanceArn",
        }));

    [TestCase("s3:ExistingObjectTag/a", "1")]
    [TestCase("s3:RequestObjectTag/b", "2")]
    [TestCase("aws:RequestTag/b", "2")]
    public void Find_OfATag_HasItsValue(string key, string expected) =>
        Assert.That(new QuestionValues(Question(key)).Find(key), Is.EqualTo(new[] { expected }));

    private static AccessQuestion Question(string key)
    {
        S3HeaderCollection headers = [];
        headers.Add(key["s3:".Length..], "value");
        headers.Add("x-amz-tagging", "b=2");
        foreach ((string name, string value) in new[] { ("mode", "GOVERNANCE"), ("retain-until-date", "2030-01-01T00:00:00Z") })
        {
            if (headers["x-amz-object-lock-" + name] is null) headers.Add("x-amz-object-lock-" + name, value);
        }
        headers.Add("x-amz-object-lock-legal-hold", "ON");
        return new AccessQuestion
        {
            Caller = new S3Identity("ann", "id-ann", "key-ann") { AccountId = "111111111111" },
            Action = "s3:PutObject",
            Bucket = new BucketRecord("bucket", "us-east-1", DateTimeOffset.UnixEpoch),
            BucketOwnerId = "id-ann",
            BucketAccountId = "111111111111",
            Key = "k",
            VersionId = "v",
            CreatesObject = true,
            Object = new ObjectRecord { Key = "k", LastModified = DateTimeOffset.UnixEpoch, Tags = [new("a", "1")] },
            Request = new RequestFacts(
                headers, S3QueryCollection.Parse("prefix=a&delimiter=b&max-keys=1"), IsHttps: true, DateTimeOffset.UnixEpoch)
            {
                TlsVersion = "1.3", SignatureAge = TimeSpan.FromSeconds(1),
                Signature = new SignatureFacts("AWS4-HMAC-SHA256", SignatureFacts.Header, DateTimeOffset.UnixEpoch),
            },
        };
    }
}
