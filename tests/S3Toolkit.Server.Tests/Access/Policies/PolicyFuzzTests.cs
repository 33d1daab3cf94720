using CsCheck;
using S3Toolkit.Server.Access.Policies;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access.Policies;

public sealed class PolicyFuzzTests
{
    private const string Valid =
        """
        {"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"s","Effect":"Allow","Principal":{"AWS":["*","111122223333"]},
        "Action":["s3:Get*","s3:PutObject"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/${aws:username}/*"],
        "Condition":{"StringLike":{"aws:Referer":["a*",true,5]},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}
        """;

    private static readonly Gen<string> Piece = Pick.From(
        "\"", "{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e999", "\"Effect\"", "\"*\"", "\"${\"", "\"${a,'b\"", "\\ud800",
        "\\u0000",
        "\"arn:aws:s3:::\"", "/99999999999", "\"NotPrincipal\":{}", "\"Statement\"", "é", "\U0001f600");

    [Test]
    public void Parse_AnyText_IsAPolicyOrMalformed() =>
        Gen.Select(Gen.Int[0, Valid.Length], Gen.Int[0, 12], Piece.Array[0, 3]).Sample((at, count, pieces) =>
        {
            string text = Valid[..at] + string.Concat(pieces) + Valid[Math.Min(Valid.Length, at + count)..];
            try
            {
                PolicyDocument policy = PolicyReader.Parse(text, "b");
                PolicyRequest request = new(S3Identity.Anonymous, "s3:GetObject", "arn:aws:s3:::b/k", static _ => ["value"]);
                return Enum.IsDefined(policy.Decide(request)) && (PublicPolicy.IsPublic(policy) || policy.Statements.Count > 0);
            }
            catch (S3ErrorException exception)
            {
                return exception.Error is { Code: "MalformedPolicy", Status: 400 };
            }
        }, iter: 5000);

    [Test]
    public void Matches_PatternMadeToExhaust_IsQuick()
    {
        PolicyPattern pattern = PolicyPattern.Parse(string.Concat(Enumerable.Repeat("*a", 4000)) + "b");
        string text = new('a', 1024);

        long start = TimeProvider.System.GetTimestamp();
        bool isMatch = pattern.Matches(text, static _ => null);

        Assert.That(isMatch, Is.False);
        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(1)));
    }
}
