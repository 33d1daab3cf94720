using System.Text;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transport.Direct;

/// <summary>What the elements of checksums are called.</summary>
internal static class DocumentChecksum
{
    private const string Prefix = "Checksum";

    /// <summary>
    /// The function of an element such as <c>ChecksumCRC32C</c>; null for another element, or a function without a use here.
    /// </summary>
    public static ChecksumFunction? FunctionOf(ReadOnlySpan<byte> element) => !element.StartsWith("Checksum"u8) ? null
        : element[Prefix.Length..] switch
        {
            var name when name.SequenceEqual("CRC64NVME"u8) => ChecksumFunction.Crc64Nvme,
            var name when name.SequenceEqual("CRC32C"u8) => ChecksumFunction.Crc32C,
            var name when name.SequenceEqual("CRC32"u8) => ChecksumFunction.Crc32,
            var name when name.SequenceEqual("SHA256"u8) => ChecksumFunction.Sha256,
            var name when name.SequenceEqual("SHA1"u8) => ChecksumFunction.Sha1,
            _ => null,
        };

    public static string ElementOf(ChecksumFunction function) => Prefix + function.ToAlgorithmName();

    /// <summary>The function that a listing names in <c>ChecksumAlgorithm</c>.</summary>
    public static ChecksumFunction? FunctionNamed(ReadOnlySpan<byte> name)
    {
        foreach (var function in ChecksumName.All)
        {
            var own = function.ToAlgorithmName();
            if (own.Length == name.Length && Ascii.Equals(name, own)) return function;
        }

        return null;
    }
}
