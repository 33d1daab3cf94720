using System.Security.Cryptography;
using S3Toolkit.Server.Encryption;

namespace S3Toolkit.Server.Tests.Encryption;

public sealed class KeySealTests
{
    private static readonly byte[] WrappingKey = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] DataKey = RandomNumberGenerator.GetBytes(32);

    [Test]
    public void TryOpen_SameKeyAndBound_GivesTheDataKey() =>
        Assert.That(KeySeal.TryOpen(WrappingKey, KeySeal.Seal(WrappingKey, DataKey, "b"), "b"), Is.EqualTo(DataKey));

    [Test]
    public void TryOpen_AnotherKeyOrBound_GivesNothing()
    {
        byte[] sealedKey = KeySeal.Seal(WrappingKey, DataKey, "b");

        Assert.That(KeySeal.TryOpen(RandomNumberGenerator.GetBytes(32), sealedKey, "b"), Is.Null);
        Assert.That(KeySeal.TryOpen(WrappingKey, sealedKey, "c"), Is.Null);
    }

    [Test]
    public void TryOpen_AnyByteChangedOrMissing_GivesNothing()
    {
        byte[] sealedKey = KeySeal.Seal(WrappingKey, DataKey, "b");

        for (int i = 0; i < sealedKey.Length; i++)
        {
            byte[] changed = [.. sealedKey];
            changed[i] ^= 1;
            Assert.That(KeySeal.TryOpen(WrappingKey, changed, "b"), Is.Null, $"byte {i}");
            Assert.That(KeySeal.TryOpen(WrappingKey, sealedKey.AsSpan(0, i), "b"), Is.Null, $"{i} bytes");
        }
    }

    [Test]
    public void Seal_Twice_ShowsNoSimilarity()
    {
        byte[] one = KeySeal.Seal(WrappingKey, DataKey, "b"), two = KeySeal.Seal(WrappingKey, DataKey, "b");

        Assert.That(one[32..], Is.Not.EqualTo(two[32..]));
        Assert.That(Convert.ToHexString(one), Does.Not.Contain(Convert.ToHexString(DataKey)));
    }
}
