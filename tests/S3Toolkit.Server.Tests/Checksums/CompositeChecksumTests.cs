using System.Security.Cryptography;
using S3Toolkit.Checksums;

namespace S3Toolkit.Server.Tests.Checksums;

public sealed class CompositeChecksumTests
{
    [Test]
    public void Of_TwoParts_HashesTheRawValuesAndCounts()
    {
        byte[] first = SHA256.HashData("one"u8);
        byte[] second = SHA256.HashData("two"u8);

        string composite = CompositeChecksum.Of(
            ChecksumFunction.Sha256, [Convert.ToBase64String(first), Convert.ToBase64String(second)]);

        Assert.That(composite, Is.EqualTo(Convert.ToBase64String(SHA256.HashData([.. first, .. second])) + "-2"));
    }

    [Test]
    public void Of_MalformedPart_NamesThePart() => Assert.That(
        () => CompositeChecksum.Of(ChecksumFunction.Crc32, ["AAAAAA==", "nonsense"]),
        Throws.TypeOf<FormatException>().With.Message.Contains("Part 2").And.Message.Contains("nonsense"));
}
