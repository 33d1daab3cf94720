namespace S3Toolkit.Server.Storage;

/// <summary>What keeps a version from being deleted: a time, a hold, or both.</summary>
/// <param name="Retention">Null when no time was set.</param>
/// <param name="LegalHold">Null when it was never set, which S3 tells apart from a hold that was lifted.</param>
internal sealed record ObjectLockRecord(RetentionRecord? Retention = null, bool? LegalHold = null)
{
    public bool Protects(DateTimeOffset now, bool bypassesGovernance)
    {
        if (LegalHold == true) return true;
        if (Retention is null || !Retention.IsActive(now)) return false;
        return Retention.Mode == RetentionMode.Compliance || !bypassesGovernance;
    }
}
