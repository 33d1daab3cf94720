namespace S3Toolkit.Transfers.Downloads;

/// <summary>
/// The file that survives a crash of a download and says which of its parts do. It is only ever appended to, and a part is written down
/// after its bytes have reached the disk.
/// </summary>
internal sealed class DownloadJournal : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly FileStream _file;
    private bool _isGone;

    private DownloadJournal(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>What an earlier run wrote down; null when there is nothing to go on with.</summary>
    public JournalHeader? Header { get; private set; }

    /// <summary>The parts that an earlier run wrote down.</summary>
    public IReadOnlyDictionary<int, PartValue> Parts { get; private set; } = new Dictionary<int, PartValue>();

    /// <summary>Opens or creates the file, for this download alone.</summary>
    /// <exception cref="IOException">It is in use, or is no journal.</exception>
    public static DownloadJournal Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new IOException($"The journal '{path}' cannot be opened; perhaps another download uses it: {error.Message}", error);
        }

        var journal = new DownloadJournal(path, file);
        try
        {
            journal.Read();
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Begins anew.</summary>
    public void Begin(JournalHeader header)
    {
        Forget();
        _file.Write(JournalFormat.Begin(header));
        _file.Flush(flushToDisk: true);
        Header = header;
    }

    /// <summary>Forgets all that was written down.</summary>
    public void Forget()
    {
        _file.SetLength(0);
        _file.Position = 0;
        (Header, Parts) = (null, new Dictionary<int, PartValue>());
    }

    /// <summary>Writes down a part, of which every byte is on the disk already.</summary>
    public void Append(int index, PartValue value)
    {
        var frame = JournalFormat.Part(index, value);
        lock (_lock)
        {
            _file.Write(frame);
            _file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Deletes the file: the download is complete, or there is nothing to go on with.</summary>
    public void Remove()
    {
        _isGone = true;
        _file.Dispose();
        File.Delete(_path);
    }

    public void Dispose()
    {
        if (_isGone) return;
        // An empty journal says nothing.
        if (Header is null) Remove();
        else _file.Dispose();
    }

    private void Read()
    {
        var mark = new byte[JournalFormat.Mark.Length];
        var count = _file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        if (!JournalFormat.IsJournal(mark.AsSpan(0, count)))
            throw new IOException($"'{_path}' is not the journal of a download: it is left as it is. Name another file.");
        var bytes = new byte[_file.Length];
        _file.Position = 0;
        _file.ReadExactly(bytes);
        (Header, Parts, var whole) = JournalFormat.Read(bytes);
        // What comes next must not stand behind half a record.
        _file.SetLength(whole);
        _file.Position = whole;
    }
}
