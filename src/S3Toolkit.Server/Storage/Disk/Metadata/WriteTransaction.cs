namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>What a write works with.</summary>
internal sealed class WriteTransaction(SqliteSession session)
{
    public SqliteSession Session { get; } = session;

    /// <summary>Files that nothing points at once this is committed.</summary>
    public List<string> FreedFiles { get; } = [];
}
