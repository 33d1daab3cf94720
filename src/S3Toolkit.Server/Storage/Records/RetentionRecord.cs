namespace S3Toolkit.Server.Storage;

/// <summary>Until when a version must stay.</summary>
/// <param name="Mode">Who may shorten it.</param>
/// <param name="RetainUntil">When it ends, by the server's clock.</param>
internal sealed record RetentionRecord(RetentionMode Mode, DateTimeOffset RetainUntil)
{
    public bool IsActive(DateTimeOffset now) => RetainUntil > now;
}
