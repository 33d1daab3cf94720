namespace S3Toolkit.Checksums;

/// <summary>Arithmetic modulo a CRC's polynomial over GF(2), in the reflected form: the most significant bit stands for x^0.</summary>
internal readonly struct CrcPolynomial
{
    public static readonly CrcPolynomial Crc32 = new(32, 0xEDB88320);
    public static readonly CrcPolynomial Crc32C = new(32, 0x82F63B78);
    public static readonly CrcPolynomial Crc64Nvme = new(64, 0x9A6C9329AC4BC9B5);

    private readonly ulong _one;
    private readonly ulong _reflected;

    /// <summary>x^(2^k) at index k, so that any power is a product of at most 64 of them.</summary>
    private readonly ulong[] _squares;

    private CrcPolynomial(int widthBits, ulong reflected)
    {
        _reflected = reflected;
        _one = 1UL << (widthBits - 1);
        _squares = new ulong[64];
        _squares[0] = _one >> 1;
        for (int i = 1; i < _squares.Length; i++) _squares[i] = Multiply(_squares[i - 1], _squares[i - 1]);
    }

    public static CrcPolynomial Of(ChecksumFunction function) => function switch
    {
        ChecksumFunction.Crc32 => Crc32,
        ChecksumFunction.Crc32C => Crc32C,
        ChecksumFunction.Crc64Nvme => Crc64Nvme,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Only CRCs of parts can be combined."),
    };

    public ulong Multiply(ulong left, ulong right)
    {
        ulong product = 0;
        for (ulong bit = _one; left != 0; bit >>= 1)
        {
            if ((left & bit) != 0)
            {
                product ^= right;
                left ^= bit;
            }

            right = (right & 1) != 0 ? (right >> 1) ^ _reflected : right >> 1;
        }

        return product;
    }

    /// <summary>x to the power of <paramref name="exponent"/>.</summary>
    public ulong PowerOfX(ulong exponent)
    {
        ulong power = _one;
        for (int i = 0; exponent != 0; i++, exponent >>= 1)
        {
            if ((exponent & 1) != 0) power = Multiply(power, _squares[i]);
        }

        return power;
    }

    /// <summary>The CRC of two adjacent runs of bytes from the CRC of each and the length of the second.</summary>
    public ulong Combine(ulong first, ulong second, long secondLengthBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(secondLengthBytes);
        // Appending n bytes multiplies the register by x^(8n); the initial and final complements cancel out.
        return Multiply(PowerOfX((ulong)secondLengthBytes * 8), first) ^ second;
    }
}
