namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>A file that holds a body, or one part of it.</summary>
/// <param name="Name">Its name among the <see cref="BodyFiles"/>.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Checksums">The CRC-32C of each block, 4 bytes big-endian.</param>
internal sealed record StoredFile(string Name, long Length, byte[] Checksums);
