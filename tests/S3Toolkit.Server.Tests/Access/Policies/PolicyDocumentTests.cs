using CsCheck;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Access.Policies;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access.Policies;

public sealed class PolicyDocumentTests
{
    private const string Account = "111122223333";

    private static readonly S3Identity Ann = new("ann", "ann-id", "AKANN") { AccountId = Account };

    /// <summary>Parts that make statements which sometimes meet the request, and sometimes do not.</summary>
    private static readonly Gen<string> Statements = Gen.Select(
        Pick.From("Allow", "Deny"),
        Pick.From("\"Principal\":\"*\"", "\"Principal\":{\"AWS\":\"111122223333\"}", "\"Principal\":{\"AWS\":\"444455556666\"}"),
        Pick.From("\"Action\":\"s3:GetObject\"", "\"Action\":\"s3:Get*\"", "\"Action\":\"s3:PutObject\"", "\"NotAction\":\"s3:PutObject\""),
        Pick.From("\"Resource\":\"arn:aws:s3:::b/*\"", "\"Resource\":\"arn:aws:s3:::b/k\"", "\"Resource\":\"arn:aws:s3:::b/other\"",
            "\"NotResource\":\"arn:aws:s3:::b/k\""),
        Pick.From("{}", "{\"StringEquals\":{\"aws:username\":\"ann\"}}", "{\"StringNotEquals\":{\"aws:username\":\"ann\"}}"),
        (effect, principal, action, resource, condition) =>
            $$"""{"Effect":"{{effect}}",{{principal}},{{action}},{{resource}},"Condition":""" + condition + "}");

    [TestCase("Principal", "\"*\"", true, true)]
    [TestCase("Principal", "{\"AWS\":\"*\"}", true, true)]
    [TestCase("Principal", "{\"AWS\":\"111122223333\"}", true, false)]
    [TestCase("Principal", "{\"AWS\":\"arn:aws:iam::111122223333:root\"}", true, false)]
    [TestCase("Principal", "{\"AWS\":\"arn:aws:iam::111122223333:user/ann\"}", true, false)]
    [TestCase("Principal", "{\"AWS\":\"arn:aws:iam::111122223333:user/bob\"}", false, false)]
    [TestCase("Principal", "{\"CanonicalUser\":\"ann-id\"}", true, false)]
    [TestCase("Principal", "{\"Service\":\"s3.amazonaws.com\"}", false, false)]
    [TestCase("NotPrincipal", "{\"AWS\":\"111122223333\"}", false, true)]
    public void Decide_Principal_IsWhomItNames(string field, string principal, bool isAnn, bool isAnonymous)
    {
        string text = $$"""{"Effect":"Deny","{{field}}":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}""";

        Assert.That(Decide([text], Ann), Is.EqualTo(isAnn ? PolicyDecision.Deny : PolicyDecision.None));
        Assert.That(Decide([text], S3Identity.Anonymous), Is.EqualTo(isAnonymous ? PolicyDecision.Deny : PolicyDecision.None));
    }

    [Test]
    public void Decide_AnyStatements_ADenyWins() => Statements.Array[1, 4].Sample(statements =>
    {
        PolicyDecision[] alone = [.. statements.Select(statement => Decide([statement], Ann))];
        PolicyDecision expected = alone.Contains(PolicyDecision.Deny) ? PolicyDecision.Deny
            : alone.Contains(PolicyDecision.Allow) ? PolicyDecision.Allow
            : PolicyDecision.None;
        return Decide(statements, Ann) == expected;
    });

    [Test]
    public void Decide_UnrelatedStatementAdded_ChangesNothing() => Gen.Select(Statements.Array[1, 4], Statements).Sample((some, other) =>
        Decide([other], Ann) != PolicyDecision.None || Decide([.. some, other], Ann) == Decide(some, Ann));

    [Test]
    public void Decide_AnyOrder_IsTheSame() => Statements.Array[2, 4].Sample(statements =>
        Decide(statements, Ann) == Decide([.. statements.Reverse()], Ann));

    private static PolicyDecision Decide(string[] statements, S3Identity caller)
    {
        PolicyDocument policy = PolicyReader.Parse(
            $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""", "b");
        return policy.Decide(new PolicyRequest(
            caller, "s3:GetObject", "arn:aws:s3:::b/k", key => key == "aws:username" && !caller.IsAnonymous ? [caller.UserName] : null));
    }
}
