using S3Toolkit.Server.Access.Policies;

namespace S3Toolkit.Server.Tests.Access.Policies;

public sealed class PublicPolicyTests
{
    [TestCase("\"Principal\":\"*\"", true)]
    [TestCase("\"Principal\":{\"AWS\":\"*\"}", true)]
    [TestCase("\"Principal\":{\"AWS\":[\"111122223333\",\"*\"]}", true)]
    [TestCase("\"Principal\":{\"AWS\":\"111122223333\"}", false)]
    [TestCase("\"Principal\":{\"Service\":\"cloudfront.amazonaws.com\"}", false)]
    public void IsPublic_Principal_IsFixedOrNot(string principal, bool expected) =>
        Assert.That(IsPublic("Allow", principal, "{}"), Is.EqualTo(expected));

    [Test]
    public void IsPublic_DenyToEverybody_IsNot() => Assert.That(IsPublic("Deny", "\"Principal\":\"*\"", "{}"), Is.False);

    [TestCase("StringEquals", "aws:SourceVpc", "vpc-91237329", false)]
    [TestCase("StringLike", "aws:SourceVpc", "vpc-91237329", false)]
    [TestCase("StringLike", "aws:SourceVpc", "vpc-*", true)]
    [TestCase("StringNotEquals", "aws:SourceVpc", "vpc-91237329", true)]
    [TestCase("StringEqualsIfExists", "aws:SourceVpc", "vpc-91237329", true)]
    [TestCase("ForAllValues:StringEquals", "aws:SourceVpc", "vpc-91237329", true)]
    [TestCase("StringEquals", "aws:SourceAccount", "${aws:username}", true)]
    [TestCase("StringEquals", "aws:PrincipalOrgID", "o-123", false)]
    [TestCase("StringEquals", "aws:Referer", "https://example.com", true)]
    [TestCase("StringEquals", "aws:UserAgent", "mine", true)]
    [TestCase("ArnLike", "aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:t", false)]
    [TestCase("ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:t", true)]
    [TestCase("ArnLike", "s3:DataAccessPointArn", "arn:aws:s3:us-east-1:111122223333:accesspoint/*", false)]
    [TestCase("ArnLike", "s3:DataAccessPointArn", "arn:aws:s3:us-east-1:*:accesspoint/*", true)]
    [TestCase("IpAddress", "aws:SourceIp", "192.0.2.0/24", false)]
    [TestCase("IpAddress", "aws:SourceIp", "54.0.0.0/8", false)]
    [TestCase("IpAddress", "aws:SourceIp", "54.0.0.0/7", true)]
    [TestCase("IpAddress", "aws:SourceIp", "0.0.0.0/0", true)]
    [TestCase("IpAddress", "aws:SourceIp", "2001:db8::/32", false)]
    [TestCase("IpAddress", "aws:SourceIp", "2000::/3", true)]
    [TestCase("NotIpAddress", "aws:SourceIp", "192.0.2.0/24", true)]
    [TestCase("Bool", "aws:SecureTransport", "true", true)]
    public void IsPublic_Condition_LimitsByFixedValuesOnly(string comparison, string key, string value, bool expected) =>
        Assert.That(
            IsPublic("Allow", "\"Principal\":\"*\"", $$$"""{"{{{comparison}}}":{"{{{key}}}":"{{{value}}}"}}"""), Is.EqualTo(expected));

    [Test]
    public void IsPublic_OneWideValueAmongNarrowOnes_Is() => Assert.That(
        IsPublic("Allow", "\"Principal\":\"*\"", """{"IpAddress":{"aws:SourceIp":["192.0.2.0/24","0.0.0.0/1"]}}"""), Is.True);

    private static bool IsPublic(string effect, string principal, string condition) => PublicPolicy.IsPublic(PolicyReader.Parse(
        $$"""
        {"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}",{{principal}},"Action":"s3:GetObject",
        "Resource":"arn:aws:s3:::b/*","Condition":{{condition}}}]}
        """, "b"));
}
