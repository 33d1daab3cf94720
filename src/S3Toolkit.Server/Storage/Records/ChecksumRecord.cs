namespace S3Toolkit.Server.Storage;

/// <summary>A checksum as S3 shows it.</summary>
/// <param name="Function">The function.</param>
/// <param name="Value">Base64; a composite one ends in -N, the number of parts.</param>
/// <param name="IsComposite">A checksum of the parts' checksums instead of the bytes.</param>
internal sealed record ChecksumRecord(ChecksumFunction Function, string Value, bool IsComposite = false);
