using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Multipart;

/// <summary>Which checksum of a part S3 shows: an upload that names no function keeps one of its own, for the object alone.</summary>
internal static class PartChecksum
{
    /// <summary>What the answer to its upload tells and a Complete may repeat.</summary>
    public static ChecksumRecord? Answered(PartRecord part, UploadRecord upload) =>
        part.DeclaredChecksum ?? (HasNone(upload) ? null : part.Checksum);

    /// <summary>In listings and copies: none when the upload names no function.</summary>
    public static ChecksumRecord? Listed(PartRecord part, UploadRecord upload) => upload.ChecksumFunction is null ? null : part.Checksum;

    /// <summary>What is encrypted with the customer's key gets no checksum that nobody asked for.</summary>
    public static bool HasNone(UploadRecord upload) => upload.ChecksumFunction is null && upload.Properties.Encryption.IsCustomerKey;
}
