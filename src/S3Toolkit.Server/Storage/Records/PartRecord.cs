namespace S3Toolkit.Server.Storage;

/// <summary>A part of an upload, or of the object that was completed from it.</summary>
internal sealed record PartRecord(int PartNumber, string ETag, long Length, DateTimeOffset LastModified)
{
    /// <summary>Of the upload's function, from which that of the whole object is made.</summary>
    public ChecksumRecord? Checksum { get; init; }

    /// <summary>What the client sent with the part of an upload that names no function; null when it sent none.</summary>
    public ChecksumRecord? DeclaredChecksum { get; init; }

    /// <summary>What sets it apart from the other parts under the object's data key; null when it is not encrypted.</summary>
    public ulong? Nonce { get; init; }

    public IObjectBody? Body { get; init; }
}
