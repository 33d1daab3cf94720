namespace S3Toolkit.Conformance;

/// <summary>Bytes to send: one random buffer that all tests take slices of, so that large bodies cost no memory.</summary>
public static class TestContent
{
    private static readonly byte[] Random = Create();

    /// <summary>The first bytes of the buffer; every length gives a prefix of the next.</summary>
    public static ReadOnlyMemory<byte> Bytes(int length) => Random.AsMemory(0, length);

    /// <summary>Other bytes than those of <see cref="Bytes(int)"/>.</summary>
    public static ReadOnlyMemory<byte> OtherBytes(int length) => Random.AsMemory(7, length);

    /// <summary>Compares bytes; NUnit's own comparison takes seconds for megabytes.</summary>
    public static void AssertSame(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), "length in bytes");
        var same = actual.CommonPrefixLength(expected);
        Assert.That(same, Is.EqualTo(expected.Length), "the first byte that differs");
    }

    private static byte[] Create()
    {
        var bytes = new byte[(20 * 1024 * 1024) + 7];
        new Random(20_260_822).NextBytes(bytes);
        return bytes;
    }
}
