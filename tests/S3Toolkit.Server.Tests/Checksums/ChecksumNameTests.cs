using S3Toolkit.Checksums;

namespace S3Toolkit.Server.Tests.Checksums;

public sealed class ChecksumNameTests
{
    [TestCase(ChecksumFunction.Crc32, "x-amz-checksum-crc32", "CRC32")]
    [TestCase(ChecksumFunction.Crc32C, "x-amz-checksum-crc32c", "CRC32C")]
    [TestCase(ChecksumFunction.Crc64Nvme, "x-amz-checksum-crc64nvme", "CRC64NVME")]
    [TestCase(ChecksumFunction.Sha1, "x-amz-checksum-sha1", "SHA1")]
    [TestCase(ChecksumFunction.Sha256, "x-amz-checksum-sha256", "SHA256")]
    [TestCase(ChecksumFunction.Md5, "x-amz-checksum-md5", "MD5")]
    [TestCase(ChecksumFunction.Sha512, "x-amz-checksum-sha512", "SHA512")]
    [TestCase(ChecksumFunction.XxHash64, "x-amz-checksum-xxhash64", "XXHASH64")]
    [TestCase(ChecksumFunction.XxHash3, "x-amz-checksum-xxhash3", "XXHASH3")]
    [TestCase(ChecksumFunction.XxHash128, "x-amz-checksum-xxhash128", "XXHASH128")]
    public void Names_EachFunction_ReadBothWays(ChecksumFunction function, string header, string algorithm)
    {
        Assert.That(function.ToHeaderName(), Is.EqualTo(header));
        Assert.That(function.ToAlgorithmName(), Is.EqualTo(algorithm));
        Assert.That(ChecksumName.TryParseHeaderName(header.ToUpperInvariant(), out ChecksumFunction fromHeader), Is.True);
        Assert.That(fromHeader, Is.EqualTo(function));
        Assert.That(ChecksumName.TryParseAlgorithmName(algorithm.ToLowerInvariant(), out ChecksumFunction fromName), Is.True);
        Assert.That(fromName, Is.EqualTo(function));
    }

    [TestCase("x-amz-checksum-algorithm")]
    [TestCase("x-amz-checksum-")]
    [TestCase("x-amz-checksum-crc32 ")]
    [TestCase("content-md5")]
    public void TryParseHeaderName_AnotherHeader_IsFalse(string header) =>
        Assert.That(ChecksumName.TryParseHeaderName(header, out _), Is.False);

    [TestCase(ChecksumFunction.Crc32, "y/Q5Jg==", true)]
    [TestCase(ChecksumFunction.Crc32, "y/Q5Jg", false)]
    [TestCase(ChecksumFunction.Crc32, "y/Q5J===", false)]
    [TestCase(ChecksumFunction.Crc32, " y/Q5Jg=", false)]
    [TestCase(ChecksumFunction.Crc32, "!!!!!!==", false)]
    [TestCase(ChecksumFunction.Crc64Nvme, "y/Q5Jg==", false)]
    [TestCase(ChecksumFunction.Crc64Nvme, "rosUhgp5mIg=", true)]
    public void IsValid_Text_MustHaveTheFunctionsSize(ChecksumFunction function, string text, bool expected) =>
        Assert.That(ChecksumText.IsValid(function, text), Is.EqualTo(expected));
}
