namespace S3Toolkit.Server.Storage;

/// <summary>A part of an upload, or of the object that was completed from it.</summary>
internal sealed record PartRecord(int PartNumber, string ETag, long Length, DateTimeOffset LastModified)
{
    public ChecksumRecord? Checksum { get; init; }

    public IObjectBody? Body { get; init; }
}
