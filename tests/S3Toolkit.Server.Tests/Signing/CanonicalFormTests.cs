using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Signing;

public sealed class CanonicalFormTests
{
    [TestCase("", "")]
    [TestCase("acl", "acl=")]
    [TestCase("b=2&a=1", "a=1&b=2")]
    [TestCase("a=2&a=1&a", "a=&a=1&a=2")]
    [TestCase("a-b=1&a=2", "a=2&a-b=1")]
    [TestCase("&&a=1&", "a=1")]
    [TestCase("a=b=c", "a=b%3Dc")]
    [TestCase("X-Amz-Signature=x&a=1", "a=1")]
    public void Query_Raw_IsSortedAndEncoded(string raw, string expected)
    {
        var buffer = new SigningBuffer(stackalloc byte[8]);
        CanonicalQuery.Append(ref buffer, raw, SigV4.SignatureParameter);
        string text = buffer.ToString();
        buffer.Dispose();

        Assert.That(text, Is.EqualTo(expected));
    }

    [Test]
    public void Query_ManyParameters_AreAllThere()
    {
        string raw = string.Join('&', Enumerable.Range(0, 500).Reverse().Select(i => $"p{i:D3}={i}"));
        var buffer = new SigningBuffer(stackalloc byte[8]);
        CanonicalQuery.Append(ref buffer, raw);
        string text = buffer.ToString();
        buffer.Dispose();

        Assert.That(text, Is.EqualTo(string.Join('&', Enumerable.Range(0, 500).Select(i => $"p{i:D3}={i}"))));
    }

    [Test]
    public void Headers_SeveralValues_AreJoinedInOrder()
    {
        HeaderField[] headers = [new("x-b", "  2  3\t4 "), new("x-a", "second"), new("host", "h"), new("x-a", "first")];
        CanonicalHeaders.Sort(headers);
        var buffer = new SigningBuffer(stackalloc byte[8]);
        CanonicalHeaders.Append(ref buffer, headers);
        CanonicalHeaders.AppendNames(ref buffer, headers, ";"u8);
        string text = buffer.ToString();
        buffer.Dispose();

        Assert.That(text, Is.EqualTo("host:h\nx-a:second,first\nx-b:2 3 4\nhost;x-a;x-b"));
    }
}
