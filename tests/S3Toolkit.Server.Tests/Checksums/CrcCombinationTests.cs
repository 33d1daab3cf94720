using CsCheck;
using S3Toolkit.Checksums;

namespace S3Toolkit.Server.Tests.Checksums;

public sealed class CrcCombinationTests
{
    private static readonly ChecksumFunction[] Crcs = [ChecksumFunction.Crc32, ChecksumFunction.Crc32C, ChecksumFunction.Crc64Nvme];

    [TestCaseSource(nameof(Crcs))]
    public void CombineParts_AnyParts_IsTheChecksumOfTheWhole(ChecksumFunction function)
    {
        Gen.Byte.Array[0, 700].Array[0, 7].Sample(parts =>
        {
            string combined = CrcCombination.CombineParts(
                function, [.. parts.Select(p => (IncrementalChecksum.ComputeBase64(function, p), (long)p.Length))]);

            byte[] whole = [.. parts.SelectMany(p => p)];
            Assert.That(combined, Is.EqualTo(IncrementalChecksum.ComputeBase64(function, whole)));
        });
    }

    [TestCaseSource(nameof(Crcs))]
    public void Combine_MoreThanFourGigabytesOfZeros_IsAssociative(ChecksumFunction function)
    {
        CrcPolynomial polynomial = CrcPolynomial.Of(function);
        const long huge = 5L << 40;

        ulong inTwoSteps = polynomial.Combine(polynomial.Combine(0x1234, 0, huge), 0, 77);

        Assert.That(polynomial.Combine(0x1234, 0, huge + 77), Is.EqualTo(inTwoSteps));
        Assert.That(inTwoSteps, Is.Not.Zero);
    }

    [Test]
    public void CombineParts_ShaFunction_Throws([Values(ChecksumFunction.Sha1, ChecksumFunction.Sha256)] ChecksumFunction function) =>
        Assert.That(() => CrcCombination.CombineParts(function, []), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void CombineParts_ValueOfAnotherFunction_NamesThePart() => Assert.That(
        () => CrcCombination.CombineParts(ChecksumFunction.Crc64Nvme, [("AAAAAA==", 1)]),
        Throws.TypeOf<FormatException>().With.Message.Contains("Part 1").And.Message.Contains("AAAAAA=="));

    [Test]
    public void Combine_NegativeLength_Throws() => Assert.That(
        () => CrcPolynomial.Crc32.Combine(1, 2, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
}
