using System.Runtime.InteropServices;

namespace S3Toolkit;

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryContent(ReadOnlyMemory<byte> content) : ObjectContent
{
    public ReadOnlyMemory<byte> Memory => content;

    public override long? Length => content.Length;

    public override bool IsReplayable => true;

    public override Stream OpenRead() => Open(content);

    /// <summary>A stream over bytes that need not be an array.</summary>
    public static Stream Open(ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new ReadOnlySequenceStream(new System.Buffers.ReadOnlySequence<byte>(content));
}
