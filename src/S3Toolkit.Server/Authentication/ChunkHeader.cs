using System.Buffers.Text;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>The line before a chunk's data: <c>size-in-hex[;chunk-signature=64 digits]</c>.</summary>
internal readonly ref struct ChunkHeader
{
    private const int MaxSizeDigits = 15; // 2^60 - 1: far above the largest object, and no overflow

    public required long SizeBytes { get; init; }

    /// <summary>The signature's digits; empty when the line has none.</summary>
    public required ReadOnlySpan<byte> Signature { get; init; }

    public static bool TryParse(ReadOnlySpan<byte> line, out ChunkHeader header)
    {
        header = default;
        int semicolon = line.IndexOf((byte)';');
        ReadOnlySpan<byte> size = semicolon < 0 ? line : line[..semicolon];
        if (size.IsEmpty || size.Length > MaxSizeDigits
            || !Utf8Parser.TryParse(size, out long sizeBytes, out int consumed, 'x') || consumed != size.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> signature = [];
        if (semicolon >= 0)
        {
            ReadOnlySpan<byte> extension = line[(semicolon + 1)..];
            if (!extension.StartsWith("chunk-signature="u8)) return false;
            signature = extension["chunk-signature="u8.Length..];
            if (signature.Length != SigV4.SignatureLength) return false;
        }

        header = new ChunkHeader { SizeBytes = sizeBytes, Signature = signature };
        return true;
    }
}
