using S3Toolkit.Server.Access.Policies;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Authentication;

namespace S3Toolkit.Server.Tests.Access.Policies;

public sealed class PolicyReaderTests
{
    private const string Place = "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"";

    private const string Rest = "\"Principal\":\"*\"," + Place;

    private const string Misfit = "Conditions do not apply to combination of actions and resources in statement";

    [Test]
    public void Parse_WholeDocument_KeepsAllOfIt()
    {
        PolicyDocument policy = PolicyReader.Parse(
            """
            {"Version":"2012-10-17","Id":"all","Statement":[
             {"Sid":"one","Effect":"Allow","Principal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/ops/ann"]},
              "Action":["s3:Get*","S3:LISTBUCKET"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],
              "Condition":{"ForAnyValue:StringLikeIfExists":{"aws:Referer":["a*","b"]},"NumericLessThan":{"aws:MultiFactorAuthAge":3600}}},
             {"Effect":"Deny","NotPrincipal":{"CanonicalUser":"0123"},"NotAction":"s3:PutObject","NotResource":"arn:aws:s3:::b/x"}]}
            """, "b");

        PolicyStatement first = policy.Statements[0], second = policy.Statements[1];
        Assert.That((policy.Version, policy.Id, first.Sid, first.IsAllow), Is.EqualTo(("2012-10-17", "all", "one", true)));
        Assert.That(first.Principals.Select(principal => principal.Kind),
            Is.EqualTo(new[] { PolicyPrincipalKind.Account, PolicyPrincipalKind.User }));
        Assert.That(first.Conditions[0], Has.Property("IsIfExists").True.And.Property("Quantifier").EqualTo(PolicyQuantifier.Any));
        Assert.That(first.Conditions[1].Values[0].Number, Is.EqualTo(3600));
        Assert.That((second.ExceptPrincipals, second.ExceptActions, second.ExceptResources, second.IsAllow),
            Is.EqualTo((true, true, true, false)));
    }

    [TestCase("", "Policies must be valid JSON and the first byte must be '{'")]
    [TestCase("[]", "Policies must be valid JSON and the first byte must be '{'")]
    [TestCase(" {}", "Policies must be valid JSON and the first byte must be '{'")]
    [TestCase("{", "This policy contains invalid Json")]
    [TestCase("{\"Id\":\"\\ud800\"}", "This policy contains invalid Json")]
    [TestCase("{}", "Missing required field Statement")]
    [TestCase("{\"Statement\":[]}", "Could not parse the policy: Statement is empty!")]
    [TestCase("{\"Statement\":\"x\"}", "Invalid policy syntax.")]
    [TestCase("{\"Statement\":[1]}", "Invalid policy syntax.")]
    [TestCase("{\"Statment\":[]}", "Unknown field Statment")]
    [TestCase("{\"Version\":\"2012-10-18\",\"Statement\":[]}", "The policy must contain a valid version string")]
    public void Parse_NoPolicy_SaysWhatIsWrong(string text, string message) => Assert.That(ErrorOf(text).Message, Is.EqualTo(message));

    [TestCase(Rest, "Missing required field Effect")]
    [TestCase("\"Effect\":\"allow\"," + Rest, "Invalid effect: allow")]
    [TestCase("\"Effect\":\"Allow\"," + Place, "Missing required field Principal")]
    [TestCase("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"arn:aws:s3:::b/*\"", "Missing required field Action")]
    [TestCase("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\"", "Missing required field Resource")]
    [TestCase("\"Effect\":\"Allow\",\"NotAction\":\"s3:PutObject\"," + Rest, "Invalid policy syntax.")]
    [TestCase("\"Effect\":\"Allow\",\"NotPrincipal\":{\"AWS\":\"111122223333\"}," + Place, "Allow with NotPrincipal is not allowed.")]
    [TestCase("\"Effect\":\"Allow\",\"Efect\":\"Allow\"," + Rest, "Unknown field Efect")]
    public void Parse_FieldMissingOrWrong_SaysWhich(string statement, string message) =>
        Assert.That(ErrorOf("{\"Statement\":[{" + statement + "}]}").Message, Is.EqualTo(message));

    [TestCase("{}", "Missing required field Principal cannot be empty!")]
    [TestCase("\"111122223333\"", "Invalid principal in policy")]
    [TestCase("{\"AWS\":\"1111\"}", "Invalid principal in policy")]
    [TestCase("{\"AWS\":\"arn:aws:iam::1111:root\"}", "Invalid principal in policy")]
    [TestCase("{\"AWS\":\"arn:aws:iam::111122223333:user/\"}", "Invalid principal in policy")]
    [TestCase("{\"AWS\":\"arn:aws:iam::111122223333:user/*\"}", "Invalid principal in policy")]
    [TestCase("{\"AWS\":\"arn:aws:s3:::b\"}", "Invalid principal in policy")]
    [TestCase("{\"CanonicalUser\":\"*\"}", "Invalid principal in policy")]
    [TestCase("{\"Everybody\":\"*\"}", "Invalid principal in policy")]
    public void Parse_Principal_MustNameSomebody(string principal, string message) =>
        Assert.That(ErrorOf(Statement(principal: principal)).Message, Is.EqualTo(message));

    [TestCase("{\"AWS\":\"*\"}")]
    [TestCase("{\"AWS\":\"arn:aws:iam::111122223333:root\"}")]
    [TestCase("{\"AWS\":\"arn:aws:iam::111122223333:role/path/r\",\"Service\":\"cloudfront.amazonaws.com\"}")]
    [TestCase("{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/r/s\"}")]
    public void Parse_Principal_TakesAllKinds(string principal) =>
        Assert.That(() => PolicyReader.Parse(Statement(principal: principal), "b"), Throws.Nothing);

    [TestCase("s3:GetObjekt", "arn:aws:s3:::b/*", "Policy has invalid action")]
    [TestCase("ec2:*", "arn:aws:s3:::b/*", "Policy has invalid action")]
    [TestCase("s3:GetObject", "arn:aws:s3:::other/*", "Policy has invalid resource")]
    [TestCase("s3:GetObject", "*", "Policy has invalid resource")]
    [TestCase("s3:GetObject", "b/*", "Policy has invalid resource")]
    [TestCase("s3:GetObject", "arn:aws:s3:::b", "Action does not apply to any resource(s) in statement")]
    [TestCase("s3:ListBucket", "arn:aws:s3:::b/*", "Action does not apply to any resource(s) in statement")]
    [TestCase("s3:ListAllMyBuckets", "arn:aws:s3:::b", "Action does not apply to any resource(s) in statement")]
    public void Parse_ActionAndResource_MustGoTogether(string action, string resource, string message) =>
        Assert.That(ErrorOf(Statement(action, resource)).Message, Is.EqualTo(message));

    [TestCase("s3:GetObject", "arn:aws:s3:::b*")]
    [TestCase("s3:*", "arn:aws:s3:::b")]
    [TestCase("*", "arn:aws:s3:::b/*")]
    [TestCase("s3:listbucket", "arn:aws:s3:::*")]
    public void Parse_ActionAndResource_FitByTheirWildcards(string action, string resource) =>
        Assert.That(() => PolicyReader.Parse(Statement(action, resource), "b"), Throws.Nothing);

    [TestCase("StringEqual", "aws:Referer", "x", "Invalid Condition type : StringEqual")]
    [TestCase("NullIfExists", "aws:Referer", "true", "Invalid Condition type : NullIfExists")]
    [TestCase("StringEquals", "s3:referer", "x", "Policy has an invalid condition key")]
    [TestCase("StringEquals", "s3:ExistingObjectTag/", "x", "Policy has an invalid condition key")]
    [TestCase("StringEquals", "s3:prefix", "x", Misfit)]
    [TestCase("StringEquals", "s3:RequestObjectTag/a", "x", Misfit)]
    [TestCase("IpAddress", "aws:SourceIp", "123", "Invalid IP address in Conditions")]
    [TestCase("IpAddress", "aws:SourceIp", "10.0.0.0/33", "Invalid IP address in Conditions")]
    [TestCase("Bool", "aws:SecureTransport", "maybe", "Invalid Boolean value in Conditions")]
    [TestCase("NumericEquals", "s3:signatureAge", "old", "Invalid numeric value in Conditions")]
    [TestCase("DateLessThan", "aws:CurrentTime", "tomorrow", "Invalid date value in Conditions")]
    public void Parse_Condition_MustMeanSomething(string comparison, string key, string value, string message) =>
        Assert.That(ErrorOf(Statement(condition: $$$"""{"{{{comparison}}}":{"{{{key}}}":"{{{value}}}"}}""")).Message, Is.EqualTo(message));

    [Test]
    public void Parse_Size_IsLimited()
    {
        int room = PolicyReader.MaxBytes - Statement(resource: "arn:aws:s3:::b/").Length;
        string fits = Statement(resource: "arn:aws:s3:::b/" + new string('x', room));

        Assert.That(() => PolicyReader.Parse(fits, "b"), Throws.Nothing);
        Assert.That(ErrorOf(fits.Replace("b/x", "b/xx", StringComparison.Ordinal)).Message, Does.Contain("20480 bytes"));
    }

    [Test]
    public void Parse_Depth_IsLimited()
    {
        string nested = new string('[', 9_000) + new string(']', 9_000);

        Assert.That(ErrorOf("{\"Id\":" + nested + "}").Message, Is.EqualTo("This policy contains invalid Json"));
    }

    private static S3Error ErrorOf(string text)
    {
        S3Error error = Refusal.Of(() => PolicyReader.Parse(text, "b"));
        Assert.That((error.Code, error.Status), Is.EqualTo(("MalformedPolicy", 400)));
        return error;
    }

    private static string Statement(
        string action = "s3:GetObject", string resource = "arn:aws:s3:::b/*", string principal = "\"*\"", string condition = "{}") =>
        $$"""{"Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"{{action}}","Resource":"{{resource}}","Condition":"""
        + condition + "}]}";
}
