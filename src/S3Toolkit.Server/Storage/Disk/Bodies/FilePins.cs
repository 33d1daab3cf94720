namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>
/// Who reads which files. A body of many parts is opened part by part, maybe for hours: its files stay until the last reader is through.
/// </summary>
internal sealed class FilePins
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _readers = new(StringComparer.Ordinal);

    /// <summary>Files that are to be deleted once nobody reads them any more.</summary>
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);

    public void Add(IReadOnlyList<StoredFile> files)
    {
        lock (_gate)
        {
            foreach (StoredFile file in files) _readers[file.Name] = _readers.GetValueOrDefault(file.Name) + 1;
        }
    }

    /// <returns>The files that nobody reads any more and that were to be deleted.</returns>
    public IReadOnlyList<string> Remove(IReadOnlyList<StoredFile> files)
    {
        List<string>? free = null;
        lock (_gate)
        {
            foreach (StoredFile file in files)
            {
                int left = _readers[file.Name] - 1;
                if (left > 0) _readers[file.Name] = left;
                else _readers.Remove(file.Name);
                if (left == 0 && _leaving.Remove(file.Name)) (free ??= []).Add(file.Name);
            }
        }
        return free ?? [];
    }

    /// <summary>Whether a file is being read: then <see cref="Remove"/> gives it back for deletion.</summary>
    public bool TryDefer(string name)
    {
        lock (_gate) return _readers.ContainsKey(name) && _leaving.Add(name);
    }
}
