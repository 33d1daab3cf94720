using S3Toolkit.Server.Encryption;

namespace S3Toolkit.Server.Tests.Encryption;

public sealed class KmsKeyNameTests
{
    private const string Uuid = "1234abcd-12ab-34cd-56ef-1234567890ab";

    [TestCase(Uuid, "arn:aws:kms:eu-west-1:123456789012:key/" + Uuid)]
    [TestCase("mrk-0a", "arn:aws:kms:eu-west-1:123456789012:key/mrk-0a")]
    [TestCase("alias/app", "arn:aws:kms:eu-west-1:123456789012:alias/app")]
    [TestCase("testkey-1", "testkey-1")]
    [TestCase("arn:aws:kms:us-east-1:000000000001:key/" + Uuid, "arn:aws:kms:us-east-1:000000000001:key/" + Uuid)]
    public void ToArn_AnyForm_IsFull(string text, string expected) =>
        Assert.That(KmsKeyName.Parse(text)!.ToArn("eu-west-1", "123456789012"), Is.EqualTo(expected));

    [TestCase("arn:")]
    [TestCase("arn:aws:s3:::bucket")]
    [TestCase("arn:aws:kms:us-east-1:1:other/x")]
    [TestCase("arn:aws:kms::1:key/x")]
    public void Parse_NoArnOfAKey_GivesNothing(string text) => Assert.That(KmsKeyName.Parse(text), Is.Null);

    [TestCase("")]
    [TestCase("with space")]
    [TestCase("umläut")]
    [TestCase("arn:aws:s3:::bucket")]
    public void S3KmsKey_NoName_IsTheCallersMistake(string id) => Assert.That(() => new S3KmsKey(id), Throws.ArgumentException);
}
