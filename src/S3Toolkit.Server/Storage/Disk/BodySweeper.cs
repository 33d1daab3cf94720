using S3Toolkit.Server.Storage.Disk.Bodies;
using S3Toolkit.Server.Storage.Disk.Metadata;

namespace S3Toolkit.Server.Storage.Disk;

/// <summary>
/// Deletes the files of earlier sessions that no object and no part has: a process was killed between a file and its commit, or between
/// a commit and the deletion of what it freed. Runs beside the server, whose own files it never looks at.
/// </summary>
internal static class BodySweeper
{
    public static int Sweep(BodyFiles files, ReadPool readers, CancellationToken cancellationToken)
    {
        int deleted = 0;
        for (int shard = 0; shard < BodyFiles.Shards; shard++)
        {
            foreach (string name in files.EarlierNames(shard))
            {
                if (cancellationToken.IsCancellationRequested) return deleted;
                bool isOrphan = readers.Read(session => !BodyTable.HasFile(session, name));
                if (isOrphan && files.TryDelete(name)) deleted++;
            }
        }
        return deleted;
    }
}
