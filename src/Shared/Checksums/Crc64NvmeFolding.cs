using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace S3Toolkit.Checksums;

/// <summary>
/// CRC-64/NVME by folding: four 128-bit lanes are each moved 512 bits onward by two carry-less multiplications, then folded into one.
/// </summary>
/// <remarks>
/// See Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ" (Intel, 2009). In the reflected form a product of two
/// 64-bit halves comes out one bit low, so a fold over D bits multiplies the low half (the earlier bytes) by x^(D+63) and the high one by
/// x^(D-1). The last 128 bits go through the tables, which saves the Barrett reduction and its constants.
/// </remarks>
internal static class Crc64NvmeFolding
{
    private const int LaneBytes = 16;
    private const int BlockBytes = 4 * LaneBytes;

    private static readonly Vector128<ulong> FoldByBlock = FoldConstants(BlockBytes * 8);
    private static readonly Vector128<ulong> FoldByLane = FoldConstants(LaneBytes * 8);

    public static bool IsSupported => BitConverter.IsLittleEndian && (Pclmulqdq.IsSupported || ArmAes.IsSupported);

    /// <summary>Advances the register over <paramref name="data"/>, without the initial and final complement.</summary>
    public static ulong Update(ulong state, ReadOnlySpan<byte> data)
    {
        if (!IsSupported || data.Length < 2 * BlockBytes) return Crc64NvmeTables.Update(state, data);

        ReadOnlySpan<Vector128<ulong>> lanes = MemoryMarshal.Cast<byte, Vector128<ulong>>(data);
        Vector128<ulong> a = lanes[0] ^ Vector128.CreateScalar(state);
        Vector128<ulong> b = lanes[1];
        Vector128<ulong> c = lanes[2];
        Vector128<ulong> d = lanes[3];
        int next = 4;
        for (; next + 4 <= lanes.Length; next += 4)
        {
            a = Fold(a, FoldByBlock) ^ lanes[next];
            b = Fold(b, FoldByBlock) ^ lanes[next + 1];
            c = Fold(c, FoldByBlock) ^ lanes[next + 2];
            d = Fold(d, FoldByBlock) ^ lanes[next + 3];
        }

        a = Fold(a, FoldByLane) ^ b;
        a = Fold(a, FoldByLane) ^ c;
        a = Fold(a, FoldByLane) ^ d;
        for (; next < lanes.Length; next++) a = Fold(a, FoldByLane) ^ lanes[next];

        Span<byte> folded = stackalloc byte[LaneBytes];
        a.AsByte().CopyTo(folded);
        return Crc64NvmeTables.Update(Crc64NvmeTables.Update(0, folded), data[(next * LaneBytes)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> lane, Vector128<ulong> constants) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(lane, constants, 0x00) ^ Pclmulqdq.CarrylessMultiply(lane, constants, 0x11)
        : ArmAes.PolynomialMultiplyWideningLower(lane.GetLower(), constants.GetLower())
            ^ ArmAes.PolynomialMultiplyWideningUpper(lane, constants);

    private static Vector128<ulong> FoldConstants(int distanceBits) => Vector128.Create(
        CrcPolynomial.Crc64Nvme.PowerOfX((ulong)distanceBits + 63), CrcPolynomial.Crc64Nvme.PowerOfX((ulong)distanceBits - 1));
}
