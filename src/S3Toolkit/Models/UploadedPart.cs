namespace S3Toolkit;

/// <summary>A part of a multipart upload that the server has.</summary>
/// <param name="PartNumber">The number, 1 to 10,000.</param>
/// <param name="ETag">The part's ETag.</param>
/// <param name="SizeBytes">The part's size in bytes.</param>
public sealed record UploadedPart(int PartNumber, ETag ETag, long SizeBytes)
{
    /// <summary>The part's checksum; null when the server keeps none.</summary>
    public ObjectChecksum? Checksum { get; init; }

    /// <summary>When the server got the part; null unless it comes from a listing.</summary>
    public DateTimeOffset? LastModified { get; init; }
}
