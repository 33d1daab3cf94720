using System.Buffers.Binary;
using System.Security.Cryptography;
using S3Toolkit.Server.Encryption;

namespace S3Toolkit.Server.Tests.Encryption;

public sealed class CounterCipherTests
{
    private const ulong Nonce = 0x0123456789ABCDEF;

    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(8191)]
    [TestCase(8192)]
    [TestCase(8193)]
    [TestCase(50_001)]
    public void Apply_AnyLength_IsCounterMode(int length)
    {
        byte[] data = Random(length);
        byte[] expected = Reference(data, 0);
        using CounterCipher cipher = new(Key);

        cipher.Apply(Nonce, 0, data);

        Assert.That(data, Is.EqualTo(expected));
    }

    /// <summary>NIST SP 800-38A, F.5.5: its counter is not reached from 0, so what the cipher is held against is held against it.</summary>
    [TestCase(0xf8f9fafbfcfdfeffUL, "6bc1bee22e409f96e93d7e117393172a", "601ec313775789a5b7a7f504bbf3d228")]
    [TestCase(0xf8f9fafbfcfdff00UL, "ae2d8a571e03ac9c9eb76fac45af8e51", "f443e3ca4d62b59aca84e990cacaf5c5")]
    public void Reference_OfTheseTests_IsThatOfNist(ulong block, string plain, string expected)
    {
        byte[] key = Convert.FromHexString("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");

        byte[] actual = ReferenceBlock(key, 0xf0f1f2f3f4f5f6f7, block, Convert.FromHexString(plain));

        Assert.That(Convert.ToHexStringLower(actual), Is.EqualTo(expected));
    }

    [Test]
    public void Apply_RangesInAnyOrder_GiveTheWhole()
    {
        byte[] plain = Random(40_000), whole = [.. plain];
        using CounterCipher cipher = new(Key);
        cipher.Apply(Nonce, 0, whole);
        Random random = new(5);

        for (int i = 0; i < 200; i++)
        {
            int start = random.Next(plain.Length), end = random.Next(start, plain.Length + 1);
            byte[] range = whole[start..end];
            cipher.Apply(Nonce, start, range);
            Assert.That(range, Is.EqualTo(plain[start..end]), $"{start}..{end}");
        }
    }

    [Test]
    public void Apply_FarIntoABody_IsCounterMode()
    {
        const long far = (5L << 40) + 3;
        byte[] data = Random(100), expected = Reference(data, far);
        using CounterCipher cipher = new(Key);

        cipher.Apply(Nonce, far, data);

        Assert.That(data, Is.EqualTo(expected));
    }

    [Test]
    public void Apply_AnotherNonceOrKey_GivesOtherBytes()
    {
        byte[][] streams = [Stream(Key, 1), Stream(Key, 2), Stream([.. Key.Reverse()], 1)];

        Assert.That(streams.Select(Convert.ToHexString), Is.Unique);

        static byte[] Stream(byte[] key, ulong nonce)
        {
            using CounterCipher cipher = new(key);
            byte[] zeros = new byte[64];
            cipher.Apply(nonce, 0, zeros);
            return zeros;
        }
    }

    [Test]
    public void BodyCipher_TwoLayers_AreBothApplied()
    {
        byte[] second = RandomNumberGenerator.GetBytes(32), data = Random(1000), expected = [.. data];
        using (CounterCipher one = new(Key), two = new(second))
        {
            one.Apply(Nonce, 7, expected);
            two.Apply(Nonce, 7, expected);
        }
        using BodyCipher cipher = new([.. Key, .. second]);

        cipher.Apply(Nonce, 7, data);

        Assert.That(data, Is.EqualTo(expected));
    }

    private static byte[] Random(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Counter mode, block by block, as the book has it.</summary>
    private static byte[] Reference(byte[] data, long position)
    {
        byte[] result = new byte[data.Length];
        byte[] stream = [];
        for (int i = 0; i < data.Length; i++)
        {
            long at = position + i;
            if (i == 0 || at % 16 == 0) stream = ReferenceBlock(Key, Nonce, (ulong)(at / 16), new byte[16]);
            result[i] = (byte)(data[i] ^ stream[at % 16]);
        }
        return result;
    }

    private static byte[] ReferenceBlock(byte[] key, ulong nonce, ulong block, byte[] data)
    {
        byte[] counter = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(counter, nonce);
        BinaryPrimitives.WriteUInt64BigEndian(counter.AsSpan(8), block);
        using Aes aes = Aes.Create();
        aes.SetKey(key);
        byte[] stream = aes.EncryptEcb(counter, PaddingMode.None);
        return [.. data.Select((b, i) => (byte)(b ^ stream[i]))];
    }
}
