namespace S3Toolkit.Server.Storage;

/// <summary>A copy of an archived version that can be read for a while.</summary>
/// <param name="ReadyAt">When it can be read first; the restore is under way before.</param>
/// <param name="ExpiresAt">When it goes again.</param>
internal sealed record RestoreRecord(DateTimeOffset ReadyAt, DateTimeOffset ExpiresAt)
{
    public bool IsUnderWay(DateTimeOffset now) => now < ReadyAt;

    public bool IsReadable(DateTimeOffset now) => now >= ReadyAt && now < ExpiresAt;
}
