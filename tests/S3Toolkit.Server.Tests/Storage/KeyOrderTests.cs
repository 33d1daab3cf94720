using System.Text;
using CsCheck;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage;

public sealed class KeyOrderTests
{
    private static readonly Gen<string> Keys = Pick
        .From("a", "b", "/", "é", "\uD7FF", "\uE000", "\uFFFD", "😀", "\U00010000", "\U0010FFFF")
        .Array[0, 6].Select(string.Concat);

    [Test]
    public void CompareKeys_AnyTwoKeys_OrdersAsUtf8Bytes() => Gen.Select(Keys, Keys).Sample((x, y) =>
    {
        int expected = Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y));
        return Math.Sign(KeyOrder.CompareKeys(x, y)) == Math.Sign(expected);
    });

    [Test]
    public void CompareKeys_AstralAgainstPrivateUse_DiffersFromUtf16()
    {
        Assert.That(string.CompareOrdinal("😀", "\uE000"), Is.Negative, "the trap");
        Assert.That(KeyOrder.CompareKeys("😀", "\uE000"), Is.Positive);
    }
}
