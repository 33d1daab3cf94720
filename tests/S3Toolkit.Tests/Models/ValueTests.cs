using CsCheck;
using System.Text;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Models;

[TestFixture]
public sealed class ValueTests
{
    [TestCase("\"abc\"", "abc", false, null)]
    [TestCase("abc", "abc", false, null)]
    [TestCase("W/\"abc\"", "abc", true, null)]
    [TestCase("\"0123-12\"", "0123-12", false, 12)]
    public void ETag_InEveryForm_IsTheSameValue(string text, string value, bool weak, int? parts)
    {
        var etag = new ETag(text);

        Assert.That(etag.Value, Is.EqualTo(value));
        Assert.That(etag.IsWeak, Is.EqualTo(weak));
        Assert.That(etag.PartCount, Is.EqualTo(parts));
        Assert.That(etag.ToHeader(), Is.EqualTo((weak ? "W/" : "") + $"\"{value}\""));
    }

    [Test]
    public void ETag_QuotedAndBare_AreEqual() => Assert.That(new ETag("\"x\""), Is.EqualTo(new ETag("x")));

    [Test]
    public void ObjectRange_Header_IsInclusive()
    {
        Assert.That(ObjectRange.Of(0, 1024).ToHeader(), Is.EqualTo("bytes=0-1023"));
        Assert.That(ObjectRange.From(10).ToHeader(), Is.EqualTo("bytes=10-"));
        Assert.That(ObjectRange.Last(5).ToHeader(), Is.EqualTo("bytes=-5"));
    }

    [TestCase(-1, 1)]
    [TestCase(0, 0)]
    [TestCase(1, long.MaxValue)]
    public void ObjectRange_Impossible_IsRefused(long offset, long length) =>
        Assert.That(() => ObjectRange.Of(offset, length), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase("bytes 0-9/100", 0, 9, 100)]
    [TestCase("BYTES 5-5/6", 5, 5, 6)]
    public void ContentRange_WellFormed_IsRead(string header, long first, long last, long total)
    {
        Assert.That(ContentRange.TryParse(header, out var range), Is.True);
        Assert.That(range, Is.EqualTo(new ContentRange(first, last, total)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("bytes */100")]
    [TestCase("bytes 9-0/100")]
    [TestCase("bytes 0-100/100")]
    [TestCase("bytes 0-9/*")]
    [TestCase("items 0-9/100")]
    [TestCase("bytes -9/100")]
    [TestCase("bytes 0 9/100-1")]
    public void ContentRange_Malformed_IsNotARange(string? header) => Assert.That(ContentRange.TryParse(header, out _), Is.False);

    [Test]
    public void Utf8Order_AnyTwoKeys_AgreesWithTheirBytes()
    {
        var key = Gen.OneOf(
            Gen.Char['a', 'c'].Select(c => c.ToString()),
            Gen.Int[0xD700, 0x10FFFF].Where(point => point is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32))
            .List[0, 4].Select(string.Concat);

        Gen.Select(key, key).Sample((left, right) =>
        {
            var bytes = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
            return Math.Sign(Utf8Order.Compare(left, right)) == Math.Sign(bytes);
        });
    }

    [Test]
    public void CustomerKey_ToString_NeverShowsTheKey()
    {
        var key = ServerEncryption.CustomerKey(new byte[32]);

        Assert.That(key.ToString(), Does.Not.Contain(Convert.ToBase64String(new byte[32])));
        Assert.That(new PutObjectOptions { Encryption = key }.ToString(), Does.Not.Contain(Convert.ToBase64String(new byte[32])));
    }

    [Test]
    public void Presigned_ToString_NeverShowsTheSignature()
    {
        var headers = new Dictionary<string, string>();
        var request = new PresignedRequest(
            "GET", new Uri("https://s3.example.com/b/k?X-Amz-Signature=secret"), headers, DateTimeOffset.UnixEpoch);
        var form = new PresignedPost(
            new Uri("https://s3.example.com/b"), new Dictionary<string, string> { ["x"] = "secret" }, DateTimeOffset.UnixEpoch);

        Assert.That(request.ToString(), Does.Contain("s3.example.com/b/k").And.Not.Contain("secret"));
        Assert.That(form.ToString(), Does.Contain("s3.example.com/b").And.Not.Contain("secret"));
    }

    [Test]
    public void Connection_ToString_NeverShowsTheSecret() => Assert.That(
        new S3Connection(new Uri("http://127.0.0.1:9000")) { AccessKeyId = "AK", SecretAccessKey = "hidden" }.ToString(),
        Does.Contain("AK").And.Not.Contain("hidden"));

    [TestCase("")]
    [TestCase("ab")]
    [TestCase("Has-Capitals")]
    [TestCase("under_score")]
    [TestCase("-begins")]
    [TestCase("ends.")]
    [TestCase("two..dots")]
    [TestCase("192.168.5.4")]
    [TestCase("192.168.5.999")]
    [TestCase("a/b/c")]
    [TestCase("späti")]
    public void BucketName_ThatCannotBeCreated_IsRefusedByName(string name) => Assert.That(
        () => BucketNameRule.RequireCreatable(name), Throws.InstanceOf<ArgumentException>().With.Message.Contains(name));

    [Test]
    public void BucketName_TooLong_IsRefused() =>
        Assert.That(
            () => BucketNameRule.RequireCreatable(new string('a', 64)), Throws.ArgumentException.With.Message.Contains("64 characters"));

    [TestCase("123")]
    [TestCase("0x10.1.2.3")]
    [TestCase("1.2.3")]
    [TestCase("1.2.3.4.5")]
    public void BucketName_NumbersThatAreNoAddress_CanBeCreated(string name) =>
        Assert.That(BucketNameRule.RequireCreatable(name), Is.EqualTo(name));

    [TestCase("abc")]
    [TestCase("my.bucket-1")]
    [TestCase("Old_Bucket.Of.us-east-1")]
    [TestCase("arn:aws:s3:us-west-2:123456789012:accesspoint/ap")]
    public void BucketName_ThatMayExist_IsUsable(string name) => Assert.That(BucketNameRule.RequireUsable(name), Is.EqualTo(name));

    [Test]
    public void Key_OfLimitLength_IsTakenAndOneByteMoreIsNot()
    {
        Assert.That(ObjectKeyRule.Require(new string('ä', 512), "b"), Has.Length.EqualTo(512));
        Assert.That(
            () => ObjectKeyRule.Require(new string('a', 1025), "the-bucket"),
            Throws.ArgumentException.With.Message.Contains("1025 bytes").And.Message.Contains("the-bucket"));
    }

    // Not as attributes: those are stored as UTF-8, which cannot hold half of a pair.
    private static readonly string[] KeysWithoutUtf8Form = ["half \uD83D pair", "\uDE00", ""];

    [TestCaseSource(nameof(KeysWithoutUtf8Form))]
    public void Key_WithoutUtf8Form_IsRefused(string key) =>
        Assert.That(() => ObjectKeyRule.Require(key, "the-bucket"), Throws.ArgumentException.With.Message.Contains("the-bucket"));
}
