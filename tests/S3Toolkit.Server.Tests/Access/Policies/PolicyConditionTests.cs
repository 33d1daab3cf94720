using S3Toolkit.Server.Access.Policies;

namespace S3Toolkit.Server.Tests.Access.Policies;

public sealed class PolicyConditionTests
{
    [TestCase("StringEquals", "a", "a", true)]
    [TestCase("StringEquals", "a*", "ab", false)]
    [TestCase("StringEquals", "a*", "a*", true)]
    [TestCase("StringNotEquals", "a", "a", false)]
    [TestCase("StringNotEquals", "a", "b", true)]
    [TestCase("StringEqualsIgnoreCase", "AbC", "aBc", true)]
    [TestCase("StringNotEqualsIgnoreCase", "AbC", "aBc", false)]
    [TestCase("StringLike", "a*", "ab", true)]
    [TestCase("StringLike", "A*", "ab", false)]
    [TestCase("StringNotLike", "a*", "b", true)]
    [TestCase("NumericEquals", "10", "10.0", true)]
    [TestCase("NumericNotEquals", "10", "10", false)]
    [TestCase("NumericLessThan", "10", "9", true)]
    [TestCase("NumericLessThan", "10", "10", false)]
    [TestCase("NumericLessThanEquals", "10", "10", true)]
    [TestCase("NumericGreaterThan", "10", "11", true)]
    [TestCase("NumericGreaterThanEquals", "10", "9", false)]
    [TestCase("NumericLessThan", "10", "few", false)]
    [TestCase("DateEquals", "2026-11-22T12:00:00Z", "1795348800", true)]
    [TestCase("DateNotEquals", "2026-11-22T12:00:00Z", "2026-11-22T12:00:01Z", true)]
    [TestCase("DateLessThan", "2026-11-22", "2026-11-21T23:59:59Z", true)]
    [TestCase("DateLessThanEquals", "2026-11-22", "2026-11-22T00:00:00Z", true)]
    [TestCase("DateGreaterThan", "2026-11-22", "2026-11-22T00:00:00Z", false)]
    [TestCase("DateGreaterThanEquals", "2026-11-22T02:00:00+02:00", "2026-11-22T00:00:00Z", true)]
    [TestCase("Bool", "true", "True", true)]
    [TestCase("Bool", "false", "true", false)]
    [TestCase("BinaryEquals", "QmluYXJ5", "QmluYXJ5", true)]
    [TestCase("IpAddress", "10.0.0.0/8", "10.255.1.2", true)]
    [TestCase("IpAddress", "10.0.0.1/8", "10.255.1.2", true)]
    [TestCase("IpAddress", "10.0.0.0/8", "11.0.0.0", false)]
    [TestCase("IpAddress", "192.0.2.1", "::ffff:192.0.2.1", true)]
    [TestCase("IpAddress", "2001:db8::/32", "2001:db8:ffff::1", true)]
    [TestCase("IpAddress", "2001:db8::/32", "10.0.0.1", false)]
    [TestCase("NotIpAddress", "10.0.0.0/8", "10.0.0.1", false)]
    [TestCase("NotIpAddress", "10.0.0.0/8", "192.0.2.1", true)]
    [TestCase("ArnEquals", "arn:aws:iam::1:user/*", "arn:aws:iam::1:user/ann", true)]
    [TestCase("ArnLike", "arn:aws:iam::2:user/*", "arn:aws:iam::1:user/ann", false)]
    [TestCase("ArnNotLike", "arn:aws:iam::2:user/*", "arn:aws:iam::1:user/ann", true)]
    [TestCase("Null", "false", "x", true)]
    [TestCase("Null", "true", "x", false)]
    public void Holds_OneValue_IsCompared(string comparison, string expected, string actual, bool holds) =>
        Assert.That(Condition(comparison, expected).Holds(Request(actual)), Is.EqualTo(holds));

    [TestCase("StringEquals", false)]
    [TestCase("StringLikeIfExists", true)]
    [TestCase("StringNotEquals", true)]
    [TestCase("StringNotLike", true)]
    [TestCase("ForAllValues:StringEquals", true)]
    [TestCase("ForAnyValue:StringEquals", false)]
    [TestCase("ForAnyValue:StringNotEquals", false)]
    [TestCase("ForAnyValue:StringEqualsIfExists", true)]
    public void Holds_NoValue_DependsOnTheOperator(string comparison, bool holds) =>
        Assert.That(Condition(comparison, "a").Holds(static _ => null), Is.EqualTo(holds));

    [TestCase("true", true)]
    [TestCase("false", false)]
    public void Holds_NullOfNoValue_IsMetByTrue(string value, bool holds) =>
        Assert.That(Condition("Null", value).Holds(static _ => null), Is.EqualTo(holds));

    [TestCase("StringEquals", "a b", "b", true)]
    [TestCase("StringEquals", "a b", "c", false)]
    [TestCase("StringNotEquals", "a b", "b", false)]
    [TestCase("StringNotEquals", "a b", "c", true)]
    [TestCase("ForAllValues:StringEquals", "a b c", "a b", true)]
    [TestCase("ForAllValues:StringEquals", "a b", "a c", false)]
    [TestCase("ForAnyValue:StringEquals", "a b", "c b", true)]
    [TestCase("ForAnyValue:StringEquals", "a b", "c d", false)]
    [TestCase("ForAllValues:StringNotEquals", "a b", "c d", true)]
    [TestCase("ForAllValues:StringNotEquals", "a b", "c a", false)]
    [TestCase("ForAnyValue:StringNotEquals", "a b", "c a", true)]
    [TestCase("ForAnyValue:StringNotEquals", "a b", "a b", false)]
    public void Holds_SeveralValues_AreAnyOrAll(string comparison, string expected, string actual, bool holds) =>
        Assert.That(Condition(comparison, expected.Split(' ')).Holds(Request(actual.Split(' '))), Is.EqualTo(holds));

    [Test]
    public void Holds_Variable_IsTakenFromTheRequest()
    {
        PolicyCondition condition = Condition("StringLike", "${aws:username}/*");

        Assert.That(condition.Holds(key => key == "aws:username" ? ["ann"] : ["ann/x"]), Is.True);
        Assert.That(condition.Holds(key => key == "aws:username" ? ["bob"] : ["ann/x"]), Is.False);
    }

    private static PolicyCondition Condition(string comparison, params string[] values)
    {
        ConditionOperator found = ConditionOperator.Parse(comparison, out PolicyQuantifier quantifier, out bool isIfExists)!;
        return new PolicyCondition
        {
            Operator = found, Quantifier = quantifier, IsIfExists = isIfExists, Key = "aws:Any",
            Values = [.. values.Select(value => ConditionValue.Parse(value, found, hasVariables: true, out _)!)],
        };
    }

    private static PolicyValues Request(params string[] values) => _ => values;
}
