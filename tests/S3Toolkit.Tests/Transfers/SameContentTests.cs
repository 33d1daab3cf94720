using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class SameContentTests
{
    private const string MD5 = "d41d8cd98f00b204e9800998ecf8427e";
    private const string OtherMD5 = "d41d8cd98f00b204e9800998ecf84270";

    private static readonly ObjectInfo Plain = new() { BucketName = "bucket", Key = "key", SizeBytes = 5 };

    private static IEnumerable<TestCaseData> Pairs()
    {
        yield return Case("nothing to compare", Plain, Plain, null);
        yield return Case("sizes", Plain, Plain with { SizeBytes = 4 }, "4 bytes");
        yield return Case("same ETags", Plain with { ETag = MD5 }, Plain with { ETag = MD5.ToUpperInvariant() }, null);
        yield return Case("other ETags", Plain with { ETag = MD5 }, Plain with { ETag = OtherMD5 }, "MD5");
        yield return Case("an ETag of parts", Plain with { ETag = MD5 }, Plain with { ETag = OtherMD5 + "-2" }, null);
        yield return Case(
            "an ETag that a key made", Plain with { ETag = MD5 }, Plain with { ETag = OtherMD5, EncryptionName = "aws:kms" }, null);
        yield return Case(
            "an ETag of Express",
            Plain with { ETag = MD5 },
            Plain with { ETag = OtherMD5, StorageClass = StorageClass.ExpressOneZone },
            null);
        yield return Case("other checksums", With(ChecksumFunction.Crc32C, "a"), With(ChecksumFunction.Crc32C, "b"), "Crc32C");
        yield return Case("other functions", With(ChecksumFunction.Crc32C, "a"), With(ChecksumFunction.Crc32, "b"), null);
        yield return Case("checksums of parts", With(ChecksumFunction.Crc32C, "a-2"), With(ChecksumFunction.Crc32C, "b-2"), null);
        yield return Case(
            "the checksum rather than the ETag",
            With(ChecksumFunction.Crc32C, "a") with { ETag = MD5 },
            With(ChecksumFunction.Crc32C, "a") with { ETag = OtherMD5 },
            null);

        static TestCaseData Case(string name, ObjectInfo source, ObjectInfo copy, string? difference) =>
            new TestCaseData(source, copy, difference).SetArgDisplayNames(name);

        static ObjectInfo With(ChecksumFunction function, string value) =>
            Plain with { Checksum = new ObjectChecksum(function, value) };
    }

    [TestCaseSource(nameof(Pairs))]
    public void Difference_Pair_IsWhatCanBeCompared(ObjectInfo source, ObjectInfo copy, string? difference) => Assert.That(
        SameContent.Difference(source, copy), difference is null ? Is.Null : Does.Contain(difference));
}
