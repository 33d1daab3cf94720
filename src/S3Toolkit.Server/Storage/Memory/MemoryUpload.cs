namespace S3Toolkit.Server.Storage.Memory;

/// <summary>An upload under way. Guarded by the bucket's lock.</summary>
internal sealed class MemoryUpload(UploadRecord record, SortedList<int, PartRecord>? parts = null)
{
    public UploadRecord Record { get; } = record;

    public SortedList<int, PartRecord> Parts { get; } = parts ?? [];

    /// <summary>The bytes of all parts.</summary>
    public long Bytes => Parts.Values.Sum(static part => part.Length);

    public MemoryUpload Copy() => new(Record, new SortedList<int, PartRecord>(Parts));
}
