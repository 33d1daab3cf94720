using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Storage.Memory;

namespace S3Toolkit.Server;

/// <summary>
/// The state of a server at one moment: buckets with their configurations, all versions of all objects, unfinished uploads, encryption
/// keys, and how far the clock was moved. It holds no request log, no faults and no settings. It never changes, shares its bodies with the
/// server, and can be used any number of times: <see cref="S3Server.RestoreAsync"/> goes back to it, and
/// <see cref="S3ServerOptions.Snapshot"/> starts another server from it.
/// </summary>
public sealed class S3ServerSnapshot
{
    internal S3ServerSnapshot(MemoryImage image, KeyRing keys, TimeSpan clockOffset)
    {
        Image = image;
        Keys = keys;
        ClockOffset = clockOffset;
    }

    internal MemoryImage Image { get; }

    internal KeyRing Keys { get; }

    internal TimeSpan ClockOffset { get; }
}
