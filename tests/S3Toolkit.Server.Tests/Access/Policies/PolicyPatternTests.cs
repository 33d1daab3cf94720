using CsCheck;
using S3Toolkit.Server.Access.Policies;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access.Policies;

public sealed class PolicyPatternTests
{
    [TestCase("a*c", "abbc", true)]
    [TestCase("a*c", "ac", true)]
    [TestCase("a*c", "acb", false)]
    [TestCase("a?c", "abc", true)]
    [TestCase("a?c", "ac", false)]
    [TestCase("*", "", true)]
    [TestCase("", "", true)]
    [TestCase("", "a", false)]
    [TestCase("*a*b*", "xxaxxbxx", true)]
    [TestCase("home/${aws:username}/*", "home/ann/x", true)]
    [TestCase("home/${aws:username}/*", "home/bob/x", false)]
    [TestCase("${AWS:USERNAME}", "ann", true)]
    [TestCase("${aws:none}", "", false)]
    [TestCase("${aws:none, 'guest'}/x", "guest/x", true)]
    [TestCase("${aws:username, 'guest'}", "ann", true)]
    [TestCase("a${*}b", "a*b", true)]
    [TestCase("a${*}b", "axb", false)]
    [TestCase("a${?}b${$}", "a?b$", true)]
    [TestCase("${unclosed", "${unclosed", true)]
    public void Matches_WildcardsAndVariables_AreWhatTheyStandFor(string pattern, string text, bool expected) =>
        Assert.That(PolicyPattern.Parse(pattern).Matches(text, Values), Is.EqualTo(expected));

    [Test]
    public void Matches_VariableOfWildcards_IsText()
    {
        PolicyPattern pattern = PolicyPattern.Parse("home/${aws:username}");
        PolicyValues values = static _ => ["*"];

        Assert.That((pattern.Matches("home/*", values), pattern.Matches("home/ann", values)), Is.EqualTo((true, false)));
    }

    [Test]
    public void Matches_VersionWithoutVariables_TakesThemForText() =>
        Assert.That(PolicyPattern.Parse("${aws:username}", hasVariables: false).Matches("${aws:username}", Values), Is.True);

    [TestCase("arn:aws:iam::*:user/a*", "arn:aws:iam::1:user/ann", true)]
    [TestCase("arn:*:user/ann", "arn:aws:iam::1:user/ann", false)]
    [TestCase("arn:aws:s3:::b:*", "arn:aws:s3:::b:c:d", true)]
    public void MatchesArn_Wildcard_StaysWithinItsPart(string pattern, string arn, bool expected) =>
        Assert.That(PolicyPattern.Parse(pattern).MatchesArn(arn, Values), Is.EqualTo(expected));

    [Test]
    public void Matches_AnyPattern_AgreesWithARegularExpression() =>
        Gen.Select(Pick.From("a", "b", "*", "?").Array[0, 8], Pick.From("a", "b", "c").Array[0, 10]).Sample((parts, letters) =>
        {
            string pattern = string.Concat(parts), text = string.Concat(letters);
            string expression = "^" + pattern.Replace("*", ".*", StringComparison.Ordinal).Replace('?', '.') + "$";
            return PolicyPattern.Parse(pattern).Matches(text, Values)
                == System.Text.RegularExpressions.Regex.IsMatch(text, expression);
        });

    private static IReadOnlyList<string>? Values(string key) =>
        key.Equals("aws:username", StringComparison.OrdinalIgnoreCase) ? ["ann"] : null;
}
