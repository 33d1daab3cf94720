using System.Buffers.Binary;

namespace S3Toolkit.Checksums;

/// <summary>CRC-64/NVME by slicing: eight tables take eight bytes a step. The fallback, and the reference of the folding.</summary>
internal static class Crc64NvmeTables
{
    private const ulong ReflectedPolynomial = 0x9A6C9329AC4BC9B5;
    private const int Slices = 8;
    private static readonly ulong[] Tables = Build();

    /// <summary>Advances the register over <paramref name="data"/>, without the initial and final complement.</summary>
    public static ulong Update(ulong state, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<ulong> tables = Tables;
        while (data.Length >= Slices)
        {
            ulong word = state ^ BinaryPrimitives.ReadUInt64LittleEndian(data);
            state = 0;
            // The first byte of the word has seven more behind it, hence the last table.
            for (int i = 0; i < Slices; i++) state ^= tables[((Slices - 1 - i) << 8) | (byte)(word >> (i * 8))];
            data = data[Slices..];
        }

        foreach (byte rest in data) state = (state >> 8) ^ tables[(byte)state ^ rest];
        return state;
    }

    private static ulong[] Build()
    {
        ulong[] tables = new ulong[Slices << 8];
        for (uint i = 0; i < 256; i++)
        {
            ulong entry = i;
            for (int bit = 0; bit < 8; bit++) entry = (entry & 1) != 0 ? (entry >> 1) ^ ReflectedPolynomial : entry >> 1;
            tables[i] = entry;
        }

        for (int i = 256; i < tables.Length; i++) tables[i] = (tables[i - 256] >> 8) ^ tables[(byte)tables[i - 256]];
        return tables;
    }
}
