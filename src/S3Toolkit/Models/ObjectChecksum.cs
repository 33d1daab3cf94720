namespace S3Toolkit;

/// <summary>A checksum that the server keeps with an object or a part.</summary>
/// <param name="Function">The function.</param>
/// <param name="Value">The value in base64, as S3 writes it; <c>-N</c> at the end when it was made from the checksums of N parts.</param>
public sealed record ObjectChecksum(ChecksumFunction Function, string Value)
{
    /// <summary>Whether the value is a checksum of the parts' checksums rather than of the object's bytes.</summary>
    public bool IsComposite => Value.Contains('-', StringComparison.Ordinal);
}
