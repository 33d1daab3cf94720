using Microsoft.Win32.SafeHandles;
using S3Toolkit.Server.Storage.Disk.Metadata;

namespace S3Toolkit.Server.Storage.Disk;

/// <summary>
/// The steps that make a write last, in one place: no test can cut the power, but one can listen to the order of these.
/// </summary>
internal class Durability
{
    public static readonly Durability Default = new();

    /// <summary>The bytes of a file survive a power cut once this returns; its name may not.</summary>
    public virtual void FlushFile(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public virtual void Move(string from, string to) => File.Move(from, to);

    /// <summary>The names in a folder survive a power cut once this returns.</summary>
    public virtual void FlushFolder(string path) => FolderSync.Flush(path);

    /// <summary>Flushes the log: the writer's connection is set to synchronous = FULL.</summary>
    public virtual void Commit(SqliteSession writer) => writer.Execute("COMMIT");
}
