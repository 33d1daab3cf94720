using System.Security.Cryptography;
using S3Toolkit.Checksums;
using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class CompletionVerdictTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    // md5(md5("hello") + md5("world")), computed with Python's hashlib.
    private const string HelloWorld = "065947336a2f2a95ba8899f3675c3be6-2";

    [Test]
    public void ExpectedETag_Parts_IsMD5OfTheirMD5s()
    {
        var both = MD5.HashData([.. MD5.HashData("hello"u8), .. MD5.HashData("world"u8)]);

        Assert.That(CompletionVerdict.ExpectedETag(Parts()), Is.EqualTo(Convert.ToHexStringLower(both) + "-2"));
    }

    [Test]
    public void ExpectedETag_PartIsNotMD5_IsNull() =>
        Assert.That(CompletionVerdict.ExpectedETag([new UploadedPart(1, "opaque", 5)]), Is.Null);

    [Test]
    public void IsMadeOf_SameETag_IsOurs() => Assert.That(CompletionVerdict.IsMadeOf(Parts(), Found(), null), Is.True);

    [Test]
    public void IsMadeOf_OtherETag_IsNotOursHoweverNew() =>
        Assert.That(CompletionVerdict.IsMadeOf(Parts(), Found() with { ETag = new string('a', 32) + "-2" }, Start), Is.False);

    [Test]
    public void IsMadeOf_OtherSize_IsNotOurs() =>
        Assert.That(CompletionVerdict.IsMadeOf(Parts(), Found() with { SizeBytes = 11 }, Start), Is.False);

    [TestCase(0, 2, true)]
    [TestCase(-14, 2, true)]
    [TestCase(-16, 2, false, Description = "older than any clock skew that S3 accepts")]
    [TestCase(0, 3, false)]
    public void IsMadeOf_ETagThatIsNoMD5_GoesByTimeAndParts(int minutes, int partCount, bool expected)
    {
        var found = Found() with
        {
            ETag = $"{new string('a', 32)}-{partCount}", EncryptionName = "aws:kms", LastModified = Start.AddMinutes(minutes),
        };

        Assert.That(CompletionVerdict.IsMadeOf(Parts(), found, Start), Is.EqualTo(expected));
        Assert.That(CompletionVerdict.IsMadeOf(Parts(), found, startedAt: null), Is.False, "without a start there is no proof");
    }

    [Test]
    public void IsMadeOf_Checksums_DecideBeforeTheETag([Values] bool composite, [Values] bool same)
    {
        UploadedPart[] parts = [.. Parts().Select(
            static (part, index) => part with { Checksum = Crc(index == 0 ? "hello"u8 : "world"u8) })];
        var value = composite
            ? CompositeChecksum.Of(ChecksumFunction.Crc32, [.. parts.Select(static part => part.Checksum!.Value)])
            : IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc32, "helloworld"u8);
        if (!same) value = composite ? "AAAAAA==-2" : "AAAAAA==";
        var found = Found() with
        {
            ETag = "whatever", EncryptionName = "aws:kms", Checksum = new ObjectChecksum(ChecksumFunction.Crc32, value),
        };

        Assert.That(CompletionVerdict.IsMadeOf(parts, found, null), Is.EqualTo(same));
    }

    [TestCase(1, "NoSuchUpload", false)]
    [TestCase(2, "NoSuchUpload", true)]
    [TestCase(2, "InternalError", false)]
    public void CanBeEcho_Error_OnlyAfterAnotherAttempt(int attempts, string code, bool expected) =>
        Assert.That(CompletionVerdict.CanBeEcho(new S3ToolkitException("no", code) { Attempts = attempts }), Is.EqualTo(expected));

    private static ObjectChecksum Crc(ReadOnlySpan<byte> bytes) =>
        new(ChecksumFunction.Crc32, IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc32, bytes));

    private static UploadedPart[] Parts() =>
    [
        new(1, Convert.ToHexStringLower(MD5.HashData("hello"u8)), 5),
        new(2, Convert.ToHexStringLower(MD5.HashData("world"u8)), 5),
    ];

    private static ObjectInfo Found() =>
        new() { BucketName = "bucket", Key = "key", SizeBytes = 10, ETag = HelloWorld, LastModified = Start };
}
