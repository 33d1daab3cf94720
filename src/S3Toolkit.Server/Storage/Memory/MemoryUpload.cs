namespace S3Toolkit.Server.Storage.Memory;

/// <summary>An upload under way. Guarded by the bucket's lock.</summary>
internal sealed class MemoryUpload(UploadRecord record)
{
    public UploadRecord Record { get; } = record;

    public SortedList<int, PartRecord> Parts { get; } = [];
}
