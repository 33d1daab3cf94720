namespace S3Toolkit.Checksums;

/// <summary>What S3 calls each checksum function: in headers, in algorithm lists, and how many bytes its value has.</summary>
internal static class ChecksumName
{
    public const string HeaderPrefix = "x-amz-checksum-";

    /// <summary>All ten functions, in the order of the enum.</summary>
    public static ReadOnlySpan<ChecksumFunction> All =>
    [
        ChecksumFunction.Crc32, ChecksumFunction.Crc32C, ChecksumFunction.Crc64Nvme, ChecksumFunction.Sha1, ChecksumFunction.Sha256,
        ChecksumFunction.Md5, ChecksumFunction.Sha512, ChecksumFunction.XxHash64, ChecksumFunction.XxHash3, ChecksumFunction.XxHash128,
    ];

    /// <summary>The header that carries the value, in lower case: <c>x-amz-checksum-crc32c</c>.</summary>
    public static string ToHeaderName(this ChecksumFunction function) => function switch
    {
        ChecksumFunction.Crc32 => "x-amz-checksum-crc32",
        ChecksumFunction.Crc32C => "x-amz-checksum-crc32c",
        ChecksumFunction.Crc64Nvme => "x-amz-checksum-crc64nvme",
        ChecksumFunction.Sha1 => "x-amz-checksum-sha1",
        ChecksumFunction.Sha256 => "x-amz-checksum-sha256",
        ChecksumFunction.Md5 => "x-amz-checksum-md5",
        ChecksumFunction.Sha512 => "x-amz-checksum-sha512",
        ChecksumFunction.XxHash64 => "x-amz-checksum-xxhash64",
        ChecksumFunction.XxHash3 => "x-amz-checksum-xxhash3",
        ChecksumFunction.XxHash128 => "x-amz-checksum-xxhash128",
        _ => throw Unknown(function),
    };

    /// <summary>The name in <c>x-amz-checksum-algorithm</c> and in XML: <c>CRC32C</c>.</summary>
    public static string ToAlgorithmName(this ChecksumFunction function) => function switch
    {
        ChecksumFunction.Crc32 => "CRC32",
        ChecksumFunction.Crc32C => "CRC32C",
        ChecksumFunction.Crc64Nvme => "CRC64NVME",
        ChecksumFunction.Sha1 => "SHA1",
        ChecksumFunction.Sha256 => "SHA256",
        ChecksumFunction.Md5 => "MD5",
        ChecksumFunction.Sha512 => "SHA512",
        ChecksumFunction.XxHash64 => "XXHASH64",
        ChecksumFunction.XxHash3 => "XXHASH3",
        ChecksumFunction.XxHash128 => "XXHASH128",
        _ => throw Unknown(function),
    };

    /// <summary>Length of the raw value in bytes: 4 to 64.</summary>
    public static int ValueSizeBytes(this ChecksumFunction function) => function switch
    {
        ChecksumFunction.Crc32 or ChecksumFunction.Crc32C => sizeof(uint),
        ChecksumFunction.Crc64Nvme or ChecksumFunction.XxHash64 or ChecksumFunction.XxHash3 => sizeof(ulong),
        ChecksumFunction.Md5 or ChecksumFunction.XxHash128 => 16,
        ChecksumFunction.Sha1 => 20,
        ChecksumFunction.Sha256 => 32,
        ChecksumFunction.Sha512 => 64,
        _ => throw Unknown(function),
    };

    /// <summary>Whether the checksums of parts can be combined into the checksum of the whole.</summary>
    public static bool IsCombinable(this ChecksumFunction function) =>
        function is ChecksumFunction.Crc32 or ChecksumFunction.Crc32C or ChecksumFunction.Crc64Nvme;

    /// <summary>Reads a header name; the case does not matter.</summary>
    public static bool TryParseHeaderName(ReadOnlySpan<char> headerName, out ChecksumFunction function)
    {
        function = default;
        return headerName.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)
            && TryParseAlgorithmName(headerName[HeaderPrefix.Length..], out function);
    }

    /// <summary>Reads an algorithm name; the case does not matter.</summary>
    public static bool TryParseAlgorithmName(ReadOnlySpan<char> name, out ChecksumFunction function)
    {
        foreach (ChecksumFunction candidate in All)
        {
            if (name.Equals(candidate.ToAlgorithmName(), StringComparison.OrdinalIgnoreCase))
            {
                function = candidate;
                return true;
            }
        }

        function = default;
        return false;
    }

    private static ArgumentOutOfRangeException Unknown(ChecksumFunction function) =>
        new(nameof(function), function, "No such checksum function.");
}
