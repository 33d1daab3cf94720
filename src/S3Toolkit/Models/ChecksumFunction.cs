namespace S3Toolkit;

/// <summary>The checksum functions that S3 computes, stores and verifies for an object.</summary>
/// <remarks>
/// The three CRCs can describe a whole object even when it was uploaded in parts (S3's <c>FULL_OBJECT</c>); the others then describe the
/// list of the parts' checksums (<c>COMPOSITE</c>).
/// </remarks>
public enum ChecksumFunction
{
    /// <summary>CRC-32 (ISO-HDLC, as in zip and Ethernet), 4 bytes. Header <c>x-amz-checksum-crc32</c>.</summary>
    Crc32,

    /// <summary>CRC-32C (Castagnoli), 4 bytes, an instruction of its own on x64 and ARM64. Header <c>x-amz-checksum-crc32c</c>.</summary>
    Crc32C,

    /// <summary>CRC-64/NVME, 8 bytes, the default of Amazon S3. Header <c>x-amz-checksum-crc64nvme</c>.</summary>
    Crc64Nvme,

    /// <summary>SHA-1, 20 bytes. Header <c>x-amz-checksum-sha1</c>.</summary>
    Sha1,

    /// <summary>SHA-256, 32 bytes. Header <c>x-amz-checksum-sha256</c>.</summary>
    Sha256,

    /// <summary>MD5, 16 bytes. Header <c>x-amz-checksum-md5</c>.</summary>
    Md5,

    /// <summary>SHA-512, 64 bytes. Header <c>x-amz-checksum-sha512</c>.</summary>
    Sha512,

    /// <summary>XXH64 with seed 0, 8 bytes. Header <c>x-amz-checksum-xxhash64</c>.</summary>
    XxHash64,

    /// <summary>XXH3 of 64 bits with seed 0, 8 bytes. Header <c>x-amz-checksum-xxhash3</c>.</summary>
    XxHash3,

    /// <summary>XXH3 of 128 bits with seed 0, 16 bytes. Header <c>x-amz-checksum-xxhash128</c>.</summary>
    XxHash128,
}
