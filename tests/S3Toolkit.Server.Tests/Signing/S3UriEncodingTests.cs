using CsCheck;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Signing;

public sealed class S3UriEncodingTests
{
    [TestCase("a/b", "a/b")]
    [TestCase("a//b/./c/../d", "a//b/./c/../d")]
    [TestCase("a b+c%d", "a%20b%2Bc%25d")]
    [TestCase("-._~", "-._~")]
    [TestCase("!*'()", "%21%2A%27%28%29")]
    [TestCase("ä日\U0001F600", "%C3%A4%E6%97%A5%F0%9F%98%80")]
    public void EncodePath_Key_IsEncodedOnce(string key, string expected) =>
        Assert.That(S3UriEncoding.EncodePath(key), Is.EqualTo(expected));

    [Test]
    public void EncodeQuery_Slash_IsEncoded() => Assert.That(S3UriEncoding.EncodeQuery("a/b"), Is.EqualTo("a%2Fb"));

    [Test]
    public void EncodePath_PlainKey_IsTheSameString() => Assert.That(S3UriEncoding.EncodePath("a/b.txt"), Is.SameAs("a/b.txt"));

    [Test]
    public void AppendCanonical_EncodedText_StaysAsItIs([Values] bool keepSlash) =>
        Gen.String.Where(text => !text.Any(char.IsSurrogate)).Sample(text =>
        {
            string encoded = keepSlash ? S3UriEncoding.EncodePath(text) : S3UriEncoding.EncodeQuery(text);
            Assert.That(Canonical(encoded, keepSlash), Is.EqualTo(encoded));
        });

    [TestCase("a(b)", "a%28b%29")]
    [TestCase("%c3%a4", "%C3%A4")]
    [TestCase("ä", "%C3%A4")]
    [TestCase("a%2Fb", "a/b")]
    [TestCase("%ff%fe", "%FF%FE")]
    [TestCase("100%", "100%25")]
    [TestCase("%zz", "%25zz")]
    [TestCase("a+b", "a%2Bb")]
    public void AppendCanonical_RawPath_IsDecodedAndEncodedAgain(string raw, string expected) =>
        Assert.That(Canonical(raw, keepSlash: true), Is.EqualTo(expected));

    [Test]
    public void AppendCanonical_PlusInQuery_IsASpace() => Assert.That(Canonical("a+b", keepSlash: false), Is.EqualTo("a%20b"));

    private static string Canonical(string raw, bool keepSlash)
    {
        var buffer = new SigningBuffer(stackalloc byte[8]);
        S3UriEncoding.AppendCanonical(ref buffer, raw, keepSlash);
        string text = buffer.ToString();
        buffer.Dispose();
        return text;
    }
}
