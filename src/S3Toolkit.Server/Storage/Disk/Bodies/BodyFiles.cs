using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>
/// The files of large bodies: random names, spread over 256 folders. A name ends with the number of the session that made it: what an
/// earlier session made and the database does not know is an orphan, for good.
/// </summary>
internal sealed class BodyFiles(DataFolder folder, long session)
{
    public const int Shards = 256;

    private const int RandomDigits = 32;

    private readonly FilePins _pins = new();
    private readonly string _suffix = "-" + session.ToString(CultureInfo.InvariantCulture);

    public DeletionReserve Reserve => folder.Reserve;

    public string NewName() => RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true) + _suffix;

    /// <summary>Opens a new file, which no start of a server takes for a body before it is moved by <see cref="Promote"/>.</summary>
    public SafeFileHandle CreateTemporary(string name) =>
        File.OpenHandle(TemporaryPathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);

    /// <summary>Ends a file and gives it its place: bytes and place survive a power cut once this returns.</summary>
    public void Promote(string name, SafeFileHandle written)
    {
        folder.Durability.FlushFile(written);
        written.Dispose();
        string path = PathOf(name);
        folder.Durability.Move(TemporaryPathOf(name), path);
        folder.Durability.FlushFolder(Path.GetDirectoryName(path)!);
    }

    public void DeleteTemporary(string name) => TryDeletePath(TemporaryPathOf(name));

    /// <summary>
    /// Deletes a file now, or as soon as nobody reads it any more. False when somebody has it open in a way that forbids it (Windows).
    /// </summary>
    public bool TryDelete(string name) => _pins.TryDefer(name) || TryDeletePath(PathOf(name));

    /// <summary>Keeps files for a reader, whatever becomes of their object, until <see cref="Unpin"/>.</summary>
    public void Pin(IReadOnlyList<StoredFile> files) => _pins.Add(files);

    public void Unpin(IReadOnlyList<StoredFile> files)
    {
        foreach (string name in _pins.Remove(files)) TryDeletePath(PathOf(name));
    }

    public SafeFileHandle OpenRead(string name) =>
        File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    /// <summary>The names in one folder that earlier sessions made.</summary>
    public IEnumerable<string> EarlierNames(int shard)
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(folder.BodiesPath, ShardName(shard))))
        {
            string name = Path.GetFileName(path);
            bool isOurs = name.Length > RandomDigits + 1 && name[RandomDigits] == '-'
                && long.TryParse(name.AsSpan(RandomDigits + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long made)
                && made < session;
            if (isOurs) yield return name;
        }
    }

    public string PathOf(string name) => Path.Combine(folder.BodiesPath, name[..2], name);

    private static string ShardName(int shard) => shard.ToString("x2", CultureInfo.InvariantCulture);

    private static bool TryDeletePath(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string TemporaryPathOf(string name) => Path.Combine(folder.TemporaryPath, name);
}
