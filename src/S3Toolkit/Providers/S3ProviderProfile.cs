using S3Toolkit.Providers;

namespace S3Toolkit;

/// <summary>What an S3 provider understands and where its limits lie: an immutable value, one for each provider.</summary>
/// <remarks>
/// <see cref="S3ProviderProfiles"/> has one for each provider that S3Toolkit knows. For another one start from
/// <see cref="S3ProviderProfiles.Generic"/>: <c>S3ProviderProfiles.Generic with { Name = "garage", SupportsConditionalWrites = false }</c>.
/// Each default is Amazon S3's.
/// </remarks>
public sealed record S3ProviderProfile
{
    /// <summary>Names the provider in messages, logs and metrics.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the bucket's name belongs in the path; <see cref="S3AddressingStyle.Auto"/>: in the host, where possible.</summary>
    /// <value>The default is <see cref="S3AddressingStyle.Auto"/>.</value>
    public S3AddressingStyle PathStyle { get; init; } = S3AddressingStyle.Auto;

    /// <summary>When a request carries an <c>x-amz-checksum-*</c> header or trailer.</summary>
    /// <value>The default is <see cref="S3ChecksumMode.WhenSupported"/>.</value>
    public S3ChecksumMode RequestChecksums { get; init; } = S3ChecksumMode.WhenSupported;

    /// <summary>
    /// The checksum that requests carry. With <see cref="ChecksumFunction.Crc64Nvme"/> a multipart upload is verified as a whole too, in
    /// one checksum that is combined from its parts'.
    /// </summary>
    /// <value>The default is <see cref="ChecksumFunction.Crc64Nvme"/>.</value>
    public ChecksumFunction RequestChecksum { get; init; } = ChecksumFunction.Crc64Nvme;

    /// <summary>When a response is asked for its checksum (<c>x-amz-checksum-mode</c>) and checked against it.</summary>
    /// <value>The default is <see cref="S3ChecksumMode.WhenSupported"/>.</value>
    public S3ChecksumMode ResponseChecksums { get; init; } = S3ChecksumMode.WhenSupported;

    /// <summary>
    /// Whether a body may be sent in signed chunks (<c>STREAMING-AWS4-HMAC-SHA256-PAYLOAD</c>). If not, bodies over https go unsigned
    /// (<c>UNSIGNED-PAYLOAD</c>), and bodies over plain http are hashed before they are sent.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SupportsChunkedSigning { get; init; } = true;

    /// <summary>Whether a body may end in a checksum trailer (<c>STREAMING-UNSIGNED-PAYLOAD-TRAILER</c> and its signed kin).</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SupportsChunkedTrailers { get; init; } = true;

    /// <summary>Whether DeleteObjects needs <c>Content-MD5</c>, because the provider does not accept a CRC in its place.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DeleteManyNeedsContentMd5 { get; init; }

    /// <summary>Whether all parts of a multipart upload but the last must have the same size.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool NeedsEqualParts { get; init; }

    /// <summary>The size in bytes of the smallest part that is not the last.</summary>
    /// <value>The default is 5 MiB.</value>
    public long MinPartSizeBytes { get; init; } = ProviderLimits.MinPartSizeBytes;

    /// <summary>The size in bytes of the largest part.</summary>
    /// <value>The default is 5 GiB.</value>
    public long MaxPartSizeBytes { get; init; } = ProviderLimits.MaxPartSizeBytes;

    /// <summary>The number of parts that one multipart upload may have.</summary>
    /// <value>The default is 10,000.</value>
    public int MaxPartCount { get; init; } = ProviderLimits.MaxPartCount;

    /// <summary>The size in bytes of the largest body of one PutObject request.</summary>
    /// <value>The default is 5 GiB.</value>
    public long MaxSinglePutBytes { get; init; } = ProviderLimits.MaxSinglePutBytes;

    /// <summary>The size in bytes of the largest object that one CopyObject request copies.</summary>
    /// <value>The default is 5 GiB.</value>
    public long MaxSingleCopyBytes { get; init; } = ProviderLimits.MaxSinglePutBytes;

    /// <summary>The size in bytes of the largest object.</summary>
    /// <value>The default is 48.8 TiB: 10,000 parts of 5 GiB.</value>
    public long MaxObjectBytes { get; init; } = ProviderLimits.MaxObjectBytes;

    /// <summary>Whether DeleteObjects exists. Without it, each key is deleted with a request of its own.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SupportsDeleteMany { get; init; } = true;

    /// <summary>
    /// Whether a write with <c>If-None-Match: *</c> or <c>If-Match</c> is refused when the condition fails. A provider that ignores the
    /// headers would overwrite silently, so <c>OnlyIfAbsent</c> and <c>OnlyIfMatch</c> must not be sent to it.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SupportsConditionalWrites { get; init; } = true;

    /// <summary>Whether ListObjectVersions exists and answers with S3's version ids.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SupportsListVersions { get; init; } = true;

    /// <summary>
    /// The region that requests are signed for whatever the machine's AWS settings say, or <see langword="null"/> when the region is
    /// the user's to choose.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? SigningRegion { get; init; }

    /// <summary>The listing operation to use.</summary>
    /// <value>The default is <see cref="S3ListVersion.V2"/>.</value>
    public S3ListVersion ListVersion { get; init; } = S3ListVersion.V2;
}
