using CsCheck;
using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class PartSizesTests
{
    private const long MiB = 1024 * 1024;
    private const long GiB = 1024 * MiB;

    [TestCase(1, 8 * MiB)]
    [TestCase(80_000 * MiB, 8 * MiB)]
    [TestCase((80_000 * MiB) + 1, 9 * MiB)]
    [TestCase(50_000 * GiB, 5 * GiB)]
    public void ForLength_Length_GrowsOnlyWhereTheCountNeedsIt(long length, long expected) =>
        Assert.That(PartSizes.ForLength(length, 8 * MiB, 5 * GiB, 10_000), Is.EqualTo(expected));

    [Test]
    public void ForLength_NotEvenTheLargestParts_IsNull() =>
        Assert.That(PartSizes.ForLength((50_000 * GiB) + 1, 8 * MiB, 5 * GiB, 10_000), Is.Null);

    [Test]
    public void ForLength_AnyNumbers_FitsTheLimits() =>
        Gen.Select(Gen.Long[1, 1L << 50], Gen.Long[1, 1L << 34], Gen.Long[1, 1L << 34], Gen.Int[1, 10_000])
            .Sample((length, wished, limit, count) =>
                PartSizes.ForLength(length, wished, limit, count) is { } size
                    ? size >= 1 && size <= limit && (length + size - 1) / size <= count
                    : limit * (decimal)count < length);

    [Test]
    public void Ramped_AllParts_ReachSevenTebibytes()
    {
        var total = Enumerable.Range(1, 10_000).Sum(static number => PartSizes.Ramped(number, 8 * MiB, 5 * GiB, S3ProviderProfiles.Aws));

        Assert.That(total, Is.EqualTo(8 * MiB * 1000L * 1023));
        Assert.That(PartSizes.Ramped(1000, 8 * MiB, 5 * GiB, S3ProviderProfiles.Aws), Is.EqualTo(8 * MiB));
        Assert.That(PartSizes.Ramped(1001, 8 * MiB, 5 * GiB, S3ProviderProfiles.Aws), Is.EqualTo(16 * MiB));
        Assert.That(PartSizes.Ramped(9999, 8 * MiB, 64 * MiB, S3ProviderProfiles.Aws), Is.EqualTo(64 * MiB), "memory is the limit");
    }

    [Test]
    public void Ramped_EqualParts_StaysAt64MiB()
    {
        var profile = S3ProviderProfiles.CloudflareR2;
        var first = PartSizes.First(8 * MiB, 1 * GiB, profile);

        Assert.That(first, Is.EqualTo(64 * MiB));
        Assert.That(PartSizes.Ramped(10_000, first, 1 * GiB, profile), Is.EqualTo(64 * MiB));
    }
}
