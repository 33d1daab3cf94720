using System.IO.Hashing;
using System.Security.Cryptography;

namespace S3Toolkit.Checksums;

/// <summary>A checksum that takes its input in pieces. Not safe for concurrent use.</summary>
internal abstract class IncrementalChecksum(ChecksumFunction function) : IDisposable
{
    public ChecksumFunction Function => function;

    /// <summary>Length of the value in bytes.</summary>
    public int ValueSizeBytes { get; } = function.ValueSizeBytes();

    public static IncrementalChecksum Create(ChecksumFunction function) => function switch
    {
        ChecksumFunction.Crc32 => new Crc32Checksum(),
        ChecksumFunction.Crc32C => new Crc32CChecksum(),
        ChecksumFunction.Crc64Nvme => new Crc64NvmeChecksum(),
        ChecksumFunction.Sha1 => new HashChecksum(function, HashAlgorithmName.SHA1),
        ChecksumFunction.Sha256 => new HashChecksum(function, HashAlgorithmName.SHA256),
        ChecksumFunction.Md5 => new HashChecksum(function, HashAlgorithmName.MD5),
        ChecksumFunction.Sha512 => new HashChecksum(function, HashAlgorithmName.SHA512),
        ChecksumFunction.XxHash64 => new XxHashChecksum(function, new XxHash64()),
        ChecksumFunction.XxHash3 => new XxHashChecksum(function, new XxHash3()),
        ChecksumFunction.XxHash128 => new XxHashChecksum(function, new XxHash128()),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "No such checksum function."),
    };

    /// <summary>The wire form of the checksum of <paramref name="data"/>.</summary>
    public static string ComputeBase64(ChecksumFunction function, ReadOnlySpan<byte> data)
    {
        using IncrementalChecksum checksum = Create(function);
        checksum.Append(data);
        return checksum.ToBase64();
    }

    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>Writes the value so far, most significant byte first; more can be appended afterwards.</summary>
    public abstract void WriteValue(Span<byte> destination);

    /// <summary>Forgets what was appended.</summary>
    public abstract void Reset();

    /// <summary>The wire form of the value so far.</summary>
    public string ToBase64()
    {
        Span<byte> value = stackalloc byte[ChecksumText.MaxValueSizeBytes];
        WriteValue(value);
        return ChecksumText.Encode(value[..ValueSizeBytes]);
    }

    public virtual void Dispose()
    {
    }
}
