using S3Toolkit.Server.Cors;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Cors;

public sealed class CorsMatcherTests
{
    private static readonly CorsRuleRecord Rule = new()
    {
        AllowedOrigins = ["https://app.example", "*.suffix"], AllowedMethods = ["GET", "PUT"], AllowedHeaders = ["x-amz-*", "Content-Type"],
    };

    [TestCase("*", "anything", true)]
    [TestCase("*", "", true)]
    [TestCase("exact", "exact", true)]
    [TestCase("exact", "Exact", false)]
    [TestCase("exact", "exactly", false)]
    [TestCase("*suffix", "foo.suffix", true)]
    [TestCase("*suffix", "foo.suffix.get", false)]
    [TestCase("prefix*", "prefix", true)]
    [TestCase("prefix*", "bla.prefix", false)]
    [TestCase("start*end", "startend", true)]
    [TestCase("start*end", "start12end", true)]
    [TestCase("start*end", "0start12end", false)]
    [TestCase("ab*ba", "aba", false)]
    [TestCase("", "", true)]
    public void Matches_Pattern_StandsForAnything(string pattern, string text, bool expected) =>
        Assert.That(CorsMatcher.Matches(pattern, text, StringComparison.Ordinal), Is.EqualTo(expected));

    [TestCase("https://app.example", "GET", "", true)]
    [TestCase("https://www.suffix", "PUT", "", true)]
    [TestCase("http://app.example", "GET", "", false)]
    [TestCase("https://app.example", "DELETE", "", false)]
    [TestCase("https://app.example", "get", "", false)]
    [TestCase("https://app.example", "PUT", "X-AMZ-Meta-A,content-type", true)]
    [TestCase("https://app.example", "PUT", "x-amz-meta-a,authorization", false)]
    public void Find_OriginMethodAndHeaders_MustAllBeKnown(string origin, string method, string headers, bool expected)
    {
        CorsQuestion question = new(origin, method, headers.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.That(CorsMatcher.Find([Rule], question) is not null, Is.EqualTo(expected));
    }

    [Test]
    public void Find_SeveralThatFit_TakesTheFirst()
    {
        CorsRuleRecord everybody = new() { AllowedOrigins = ["*"], AllowedMethods = ["GET"] };

        Assert.That(CorsMatcher.Find([everybody, Rule], new CorsQuestion("https://app.example", "GET", [])), Is.SameAs(everybody));
        Assert.That(CorsMatcher.Find([everybody, Rule], new CorsQuestion("https://app.example", "PUT", [])), Is.SameAs(Rule));
        Assert.That(CorsMatcher.OriginOf(everybody, "https://app.example"), Is.EqualTo("*"));
        Assert.That(CorsMatcher.OriginOf(Rule, "https://www.suffix"), Is.EqualTo("https://www.suffix"));
        Assert.That(CorsMatcher.OriginOf(Rule, "https://other"), Is.Null);
    }

    [Test]
    public void Question_OfRequest_ReadsWhatTheBrowserSays()
    {
        S3HeaderCollection headers = [];
        S3HttpRequest request = new() { Method = "OPTIONS", RawPath = "/", RawQuery = "", Headers = headers, Body = Stream.Null };
        Assert.That(CorsQuestion.Of(request), Is.Null);

        headers.Add("origin", "https://app.example");
        Assert.That(CorsQuestion.Of(request)!.Method, Is.Null);

        headers.Add("Access-Control-Request-Method", "PUT");
        headers.Add("Access-Control-Request-Headers", "a, b ,,c");
        CorsQuestion question = CorsQuestion.Of(request)!;
        Assert.That((question.Origin, question.Method), Is.EqualTo(("https://app.example", "PUT")));
        Assert.That(question.Headers, Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [TestCase("http://a\u0001b", "", false)]
    [TestCase("http://a b", "", false)]
    [TestCase("http://ä", "", false)]
    [TestCase("", "", true)]
    [TestCase("null", "", true)]
    [TestCase("https://a", "x-a\u0001b", false)]
    [TestCase("https://a", "x-a, x b", false)]
    [TestCase("https://a", "x-a, x-b", true)]
    public void Of_QuestionThatNoAnswerCouldRepeat_IsLetInByNoRule(string origin, string headers, bool expected)
    {
        CorsRuleRecord all = new() { AllowedOrigins = ["*", "http*"], AllowedMethods = ["GET"], AllowedHeaders = ["*"] };

        Assert.That(CorsGrant.Of([all], Question(origin, headers)), expected ? Is.Not.Null : Is.Null);
    }

    [TestCase(100, true)]
    [TestCase(101, false)]
    public void Of_ManyHeaders_AreLetInUpToAHundred(int count, bool expected)
    {
        CorsRuleRecord all = new() { AllowedOrigins = ["*"], AllowedMethods = ["GET"], AllowedHeaders = ["*"] };

        Assert.That(
            CorsGrant.Of([all], Question("https://a", string.Join(',', Enumerable.Repeat("a", count)))), expected ? Is.Not.Null : Is.Null);
    }

    private static CorsQuestion Question(string origin, string headers)
    {
        S3HeaderCollection all = [];
        all.Add("Origin", origin);
        all.Add("Access-Control-Request-Method", "GET");
        all.Add("Access-Control-Request-Headers", headers);
        return CorsQuestion.Of(new S3HttpRequest
        {
            Method = "OPTIONS", RawPath = "/bucket/k", RawQuery = "", Headers = all, Body = Stream.Null,
        })!;
    }
}
