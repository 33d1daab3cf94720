using S3Toolkit.Providers;
using static S3Toolkit.Providers.ProviderLimits;

namespace S3Toolkit;

/// <summary>The profiles of the providers that S3Toolkit knows.</summary>
/// <remarks>
/// Each value that differs from Amazon S3's names where it is documented. Where a provider documents nothing, the profile takes the
/// choice that cannot lose or refuse data, and says so.
/// </remarks>
public static class S3ProviderProfiles
{
    /// <summary>Amazon S3, in all partitions.</summary>
    public static S3ProviderProfile Aws { get; } = new() { Name = "aws" };

    /// <summary>MinIO and AIStor.</summary>
    public static S3ProviderProfile MinIO { get; } = new()
    {
        Name = "minio",
        // A MinIO serves host style only when MINIO_DOMAIN is set, which a client cannot see.
        PathStyle = S3AddressingStyle.Always,
        // CRC-64/NVME came in February 2025 (minio/mc#5142); servers before that refuse it.
        RequestChecksum = ChecksumFunction.Crc32,
        // Servers before 2025 answer MissingContentMD5 when DeleteObjects has only a CRC (minio/minio#20845); later ones take both.
        DeleteManyNeedsContentMd5 = true,
        // docs.min.io, operations/concepts/thresholds: 5 TiB for one PUT, 50 TiB for an object (10,000 parts of 5 GiB end below that).
        MaxSinglePutBytes = 5 * TiB,
    };

    /// <summary>Ceph Object Gateway (RGW).</summary>
    public static S3ProviderProfile Ceph { get; } = new()
    {
        Name = "ceph",
        // Host style needs rgw_dns_name and a wildcard in the DNS, which a client cannot see.
        PathStyle = S3AddressingStyle.Always,
        // Releases before Squid neither know the checksum headers nor the trailers; not documented release by release.
        RequestChecksums = S3ChecksumMode.WhenRequired,
        ResponseChecksums = S3ChecksumMode.WhenRequired,
        SupportsChunkedTrailers = false,
        DeleteManyNeedsContentMd5 = true,
        // ibm.com/docs/en/storage-ceph, "S3 limitations": 5 TB an object, 5 GB a PUT.
        MaxObjectBytes = 5 * TiB,
    };

    /// <summary>Cloudflare R2.</summary>
    public static S3ProviderProfile CloudflareR2 { get; } = new()
    {
        Name = "cloudflare-r2",
        // Both styles work; the path needs no certificate for a further label under a jurisdiction's host.
        PathStyle = S3AddressingStyle.Always,
        RequestChecksums = S3ChecksumMode.WhenRequired,
        ResponseChecksums = S3ChecksumMode.WhenRequired,
        // "STREAMING-AWS4-HMAC-SHA256-PAYLOAD not implemented", soto-project/soto#643, cloudflare/cloudflare-docs#4683; trailers: #20935.
        SupportsChunkedSigning = false,
        SupportsChunkedTrailers = false,
        // Not on the limits page; apache/arrow#34363 and R2's multipart guide: all parts but the last have the same size.
        NeedsEqualParts = true,
        // developers.cloudflare.com/r2/platform/limits: uploads are 5 MiB less than 5 GiB, objects 5 GiB less than 5 TiB.
        MaxPartSizeBytes = (5 * GiB) - (5 * MiB),
        MaxSinglePutBytes = (5 * GiB) - (5 * MiB),
        MaxSingleCopyBytes = (5 * GiB) - (5 * MiB),
        MaxObjectBytes = (5 * TiB) - (5 * GiB),
        // developers.cloudflare.com/r2/api/s3/api: ListObjectVersions is not implemented; the region is "auto".
        SupportsListVersions = false,
        SigningRegion = "auto",
    };

    /// <summary>Backblaze B2 through its S3-compatible API.</summary>
    public static S3ProviderProfile BackblazeB2 { get; } = new()
    {
        Name = "backblaze-b2",
        // Checksum headers were refused as "Unsupported header" when SDKs began to send them (2025); B2's pages do not list them.
        RequestChecksums = S3ChecksumMode.WhenRequired,
        ResponseChecksums = S3ChecksumMode.WhenRequired,
        SupportsChunkedTrailers = false,
        DeleteManyNeedsContentMd5 = true,
        // backblaze.com/docs: files up to 10 TB (decimal), a PUT and a part up to 5 GB (decimal), parts from 5 MB.
        MaxPartSizeBytes = 5_000_000_000,
        MaxSinglePutBytes = 5_000_000_000,
        MaxSingleCopyBytes = 5_000_000_000,
        MaxObjectBytes = 10_000_000_000_000,
        // Not in B2's list of supported headers for PutObject.
        SupportsConditionalWrites = false,
    };

    /// <summary>Google Cloud Storage through its XML API with HMAC keys.</summary>
    public static S3ProviderProfile GoogleCloudStorage { get; } = new()
    {
        Name = "google-cloud-storage",
        // ExcessHeaderValues on PutObject with x-amz-checksum-* (milvus-io/milvus-storage#480, aws/aws-sdk-java-v2#5987).
        RequestChecksums = S3ChecksumMode.WhenRequired,
        ResponseChecksums = S3ChecksumMode.WhenRequired,
        SupportsChunkedTrailers = false,
        // cloud.google.com/storage/quotas: 5 TiB an object, and one request may carry it; multipart limits as Amazon's.
        MaxSinglePutBytes = 5 * TiB,
        MaxObjectBytes = 5 * TiB,
        // DeleteObjects exists since the XML API's POST bucket?delete; it wants Content-MD5 or a CRC32 (same pull request), so the
        // CRC of the SDK is enough. Writes ignore If-Match and If-None-Match: Google has x-goog-if-generation-match instead.
        SupportsConditionalWrites = false,
        // Versions are listed with generations, not with version ids.
        SupportsListVersions = false,
        // cloud.google.com/storage/docs/authentication/signatures: the scope's location may be "auto".
        SigningRegion = "auto",
    };

    /// <summary>Wasabi Hot Cloud Storage.</summary>
    public static S3ProviderProfile Wasabi { get; } = new()
    {
        Name = "wasabi",
        RequestChecksums = S3ChecksumMode.WhenRequired,
        ResponseChecksums = S3ChecksumMode.WhenRequired,
        SupportsChunkedTrailers = false,
        DeleteManyNeedsContentMd5 = true,
        // Wasabi's FAQ, "minimum and maximum object sizes": 5 terabytes an object, 5 gigabytes a PUT.
        MaxObjectBytes = 5 * TiB,
        // Not documented; a store that ignored the header would overwrite.
        SupportsConditionalWrites = false,
    };

    /// <summary>DigitalOcean Spaces.</summary>
    public static S3ProviderProfile DigitalOceanSpaces { get; } = new()
    {
        Name = "digitalocean-spaces",
        // Spaces runs on Ceph; its reference lists neither checksum headers nor trailers nor conditions on writes.
        RequestChecksums = S3ChecksumMode.WhenRequired,
        ResponseChecksums = S3ChecksumMode.WhenRequired,
        SupportsChunkedTrailers = false,
        DeleteManyNeedsContentMd5 = true,
        SupportsConditionalWrites = false,
        // docs.digitalocean.com/products/spaces/details/limits: PUT and part 5 GB, parts from 5 MiB, 10,000 of them, 5 TB in all.
        MaxObjectBytes = 5 * TiB,
        // Its SDK examples sign for us-east-1 in every datacenter, and need it to create a Space.
        SigningRegion = "us-east-1",
    };

    /// <summary>Any other store that speaks S3: path style, no headers that it might not know, Amazon's limits up to 5 TiB.</summary>
    public static S3ProviderProfile Generic { get; } = new()
    {
        Name = "generic",
        PathStyle = S3AddressingStyle.Always,
        RequestChecksums = S3ChecksumMode.WhenRequired,
        ResponseChecksums = S3ChecksumMode.WhenRequired,
        SupportsChunkedTrailers = false,
        // The header that every server knows: it was required before the checksums came.
        DeleteManyNeedsContentMd5 = true,
        MaxObjectBytes = 5 * TiB,
    };

    /// <summary>All profiles.</summary>
    public static IReadOnlyList<S3ProviderProfile> All { get; } =
        [Aws, MinIO, Ceph, CloudflareR2, BackblazeB2, GoogleCloudStorage, Wasabi, DigitalOceanSpaces, Generic];

    /// <summary>Finds a profile by its name, case ignored.</summary>
    /// <param name="name">The name, such as <c>minio</c>.</param>
    /// <returns>The profile, or null when there is none of this name.</returns>
    public static S3ProviderProfile? Find(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Chooses the profile by the endpoint's host name; no I/O.</summary>
    /// <param name="endpoint">The endpoint, or <see langword="null"/> for Amazon S3's own.</param>
    /// <returns>The provider's profile, or <see cref="Generic"/> for a host that none of them owns.</returns>
    public static S3ProviderProfile Detect(Uri? endpoint) =>
        endpoint is null ? Aws : ProviderHosts.Find(ProviderHosts.HostOf(endpoint)) ?? Generic;
}
