using System.Text;
using CsCheck;
using S3Toolkit.Checksums;

namespace S3Toolkit.Server.Tests.Checksums;

public sealed class IncrementalChecksumTests
{
    // The check values of the CRC catalogue (reveng) and of FIPS 180 for "123456789".
    [TestCase(ChecksumFunction.Crc32, "cbf43926")]
    [TestCase(ChecksumFunction.Crc32C, "e3069283")]
    [TestCase(ChecksumFunction.Crc64Nvme, "ae8b14860a799888")]
    [TestCase(ChecksumFunction.Sha1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441")]
    [TestCase(ChecksumFunction.Sha256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    [TestCase(ChecksumFunction.Md5, "25f9e794323b453885f5181f1b624d0b")]
    [TestCase(ChecksumFunction.Sha512,
        "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85")]
    [TestCase(ChecksumFunction.XxHash64, "8cb841db40e6ae83")]
    public void WriteValue_CheckInput_IsThePublishedValue(ChecksumFunction function, string expectedHex)
    {
        using IncrementalChecksum checksum = IncrementalChecksum.Create(function);
        byte[] value = new byte[checksum.ValueSizeBytes];

        checksum.Append("123456789"u8);
        checksum.WriteValue(value);

        Assert.That(Convert.ToHexStringLower(value), Is.EqualTo(expectedHex));
        Assert.That(checksum.ToBase64(), Is.EqualTo(Convert.ToBase64String(Convert.FromHexString(expectedHex))));
    }

    // The values of nothing in the xxHash specification's reference implementation.
    [TestCase(ChecksumFunction.XxHash64, "ef46db3751d8e999")]
    [TestCase(ChecksumFunction.XxHash3, "2d06800538d394c2")]
    [TestCase(ChecksumFunction.XxHash128, "99aa06d3014798d86001c324468d497f")]
    public void ComputeBase64_Nothing_IsThePublishedValue(ChecksumFunction function, string expectedHex) =>
        Assert.That(IncrementalChecksum.ComputeBase64(function, []),
            Is.EqualTo(Convert.ToBase64String(Convert.FromHexString(expectedHex))));

    // iSCSI (RFC 3720, B.4) and the NVM Command Set specification (64b CRC test cases) give long inputs, which take the wide code paths.
    [TestCase(ChecksumFunction.Crc32C, 32, 0x00, "8a9136aa")]
    [TestCase(ChecksumFunction.Crc32C, 32, 0xFF, "62a8ab43")]
    [TestCase(ChecksumFunction.Crc64Nvme, 4096, 0x00, "6482d367eb22b64e")]
    [TestCase(ChecksumFunction.Crc64Nvme, 4096, 0xFF, "c0ddba7302eca3ac")]
    public void WriteValue_RepeatedByte_IsThePublishedValue(ChecksumFunction function, int length, int fill, string expectedHex)
    {
        byte[] data = new byte[length];
        data.AsSpan().Fill((byte)fill);

        string value = IncrementalChecksum.ComputeBase64(function, data);

        Assert.That(Convert.ToHexStringLower(Convert.FromBase64String(value)), Is.EqualTo(expectedHex));
    }

    [Test]
    public void Append_AnySplit_GivesTheSameValue([Values] ChecksumFunction function)
    {
        Gen.Select(Gen.Byte.Array[0, 2_000], Gen.Int[0, 2_000].Array[0, 8]).Sample((data, cuts) =>
        {
            using IncrementalChecksum checksum = IncrementalChecksum.Create(function);
            int from = 0;
            foreach (int cut in cuts.Where(c => c <= data.Length).Order())
            {
                checksum.Append(data.AsSpan(from, cut - from));
                from = cut;
            }

            checksum.Append(data.AsSpan(from));
            Assert.That(checksum.ToBase64(), Is.EqualTo(IncrementalChecksum.ComputeBase64(function, data)));
        });
    }

    [Test]
    public void Append_AfterReadingTheValue_GoesOn([Values] ChecksumFunction function)
    {
        using IncrementalChecksum checksum = IncrementalChecksum.Create(function);

        checksum.Append("1234"u8);
        _ = checksum.ToBase64();
        checksum.Append("56789"u8);

        Assert.That(checksum.ToBase64(), Is.EqualTo(IncrementalChecksum.ComputeBase64(function, "123456789"u8)));
    }

    [Test]
    public void Reset_AfterInput_ForgetsIt([Values] ChecksumFunction function)
    {
        using IncrementalChecksum checksum = IncrementalChecksum.Create(function);

        checksum.Append("something else"u8);
        checksum.Reset();
        checksum.Append("123456789"u8);

        Assert.That(checksum.ToBase64(), Is.EqualTo(IncrementalChecksum.ComputeBase64(function, "123456789"u8)));
    }

    [Test]
    public void Crc64Folding_AnyInput_EqualsTheTables()
    {
        Assume.That(Crc64NvmeFolding.IsSupported, "this processor has no carry-less multiplication");

        Gen.Select(Gen.Byte.Array[0, 5_000], Gen.ULong).Sample((data, state) =>
            Assert.That(Crc64NvmeFolding.Update(state, data), Is.EqualTo(Crc64NvmeTables.Update(state, data))));
    }

    [Test]
    public void Create_UnknownFunction_Throws() =>
        Assert.That(() => IncrementalChecksum.Create((ChecksumFunction)99), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void ComputeBase64_EmptyInput_IsTheValueOfNothing() => Assert.That(
        IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc32C, Encoding.UTF8.GetBytes("")), Is.EqualTo("AAAAAA=="));
}
