using S3Toolkit.Server.Faults;

namespace S3Toolkit.Server.Tests.Faults;

public sealed class GlobTests
{
    [TestCase("*", "", ExpectedResult = true)]
    [TestCase("*", "a/b", ExpectedResult = true)]
    [TestCase("a*c", "abbc", ExpectedResult = true)]
    [TestCase("a*c", "abbd", ExpectedResult = false)]
    [TestCase("a?c", "abc", ExpectedResult = true)]
    [TestCase("a?c", "ac", ExpectedResult = false)]
    [TestCase("*.txt", "dir/a.txt", ExpectedResult = true)]
    [TestCase("*a*b*", "xxaxxbxx", ExpectedResult = true)]
    [TestCase("a", "aa", ExpectedResult = false)]
    [TestCase("", "", ExpectedResult = true)]
    public bool IsMatch_PatternAndText_AsExpected(string pattern, string text) => Glob.IsMatch(pattern, text);
}
