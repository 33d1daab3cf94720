using System.Text.Json;
using S3Toolkit.Server.Storage.Disk;

namespace S3Toolkit.Server.Encryption;

/// <summary>The secrets of a server in the folder of its data, readable by its owner alone.</summary>
internal sealed class KeyFile(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string FilePath => Path.Combine(folder, "keys.json");

    /// <summary>The secrets by name; empty when none was ever made.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public Dictionary<string, byte[]> Read()
    {
        if (!File.Exists(FilePath)) return [];
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, byte[]>>(File.ReadAllBytes(FilePath)) ?? [];
        }
        catch (Exception exception) when (exception is JsonException or UnauthorizedAccessException)
        {
            throw new IOException($"The server's keys '{FilePath}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Survives a power cut once this returns: what is encrypted with a key that is lost is lost too.</summary>
    /// <exception cref="Storage.StorageFullException">There is no room; the file is what it was.</exception>
    public void Write(IReadOnlyDictionary<string, byte[]> secrets)
    {
        string temporary = FilePath + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        try
        {
            File.Delete(temporary); // one that a kill left behind would keep its mode
            using (FileStream file = new(temporary, options))
            {
                JsonSerializer.Serialize(file, secrets);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, FilePath, overwrite: true);
            FolderSync.Flush(folder);
        }
        catch (Exception exception) when (DiskFailure.IsKnown(exception))
        {
            throw DiskFailure.Of(exception);
        }
    }
}
