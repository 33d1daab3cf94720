using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Storage.Disk.Metadata;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>What makes an answered write survive a power cut, which no test can make: the flushes, and their order.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DurabilityTests
{
    private const string Bucket = "bucket";
    private const int LargeBytes = 600_000;
    private readonly TemporaryFolder _folder = new();
    private readonly Steps _steps = new();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public async Task PutAsync_LargeBody_IsFlushedBeforeItsNameAndThatBeforeTheCommit()
    {
        await using DiskStorage storage = await OpenAsync();

        await PutAsync(storage, LargeBytes);

        Assert.That(_steps.Taken, Is.EqualTo(new[] { $"file {LargeBytes}", "move temporary->bodies/", "folder bodies/", "commit" }));
    }

    [Test]
    public async Task PutPartAsync_SmallBody_IsFlushedBeforeItsNameAndThatBeforeTheCommit()
    {
        await using DiskStorage storage = await OpenAsync();
        await storage.CreateUploadAsync(Bucket, new UploadRecord { Key = "k", UploadId = "1", Initiated = default }, default);
        _steps.Taken.Clear();

        await using StagedBody body = await storage.StageBytesAsync(new byte[10]);
        await storage.PutPartAsync(Bucket, "k", "1", new PartRecord(1, "e", 0, default), body, default);

        Assert.That(_steps.Taken, Is.EqualTo(new[] { "file 10", "move temporary->bodies/", "folder bodies/", "commit" }));
    }

    [Test]
    public async Task PutAsync_SmallBody_IsCommittedAlone()
    {
        await using DiskStorage storage = await OpenAsync();

        await PutAsync(storage, 10);

        Assert.That(_steps.Taken, Is.EqualTo(new[] { "commit" }));
    }

    [Test]
    public async Task PutAsync_FolderCannotBeFlushed_LeavesNoFile()
    {
        await using DiskStorage storage = await OpenAsync();
        _steps.OnFolder = _ => throw new IOException("on purpose");

        Assert.That(() => PutAsync(storage, LargeBytes), Throws.TypeOf<StorageDamagedException>());

        Assert.That(Directory.GetFiles(_folder.Path, "*-*", SearchOption.AllDirectories).Select(Path.GetFileName),
            Has.All.StartsWith("metadata"));
    }

    [Test]
    public async Task PutAsync_CommitFailsAfterItBegan_KeepsTheFileUntilTheNextCommit()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new();
        await using DiskStorage storage = await OpenAsync(time);
        _steps.OnCommit = () => throw new SqliteException("on purpose", 10, 1034);

        Assert.That(() => PutAsync(storage, LargeBytes), Throws.TypeOf<StorageDamagedException>());
        time.Advance(S3Toolkit.Server.Storage.Disk.Bodies.BodyTrash.Grace);
        Assert.That(BodyPaths(), Has.Length.EqualTo(1), "the log may have the commit");
        _steps.OnCommit = null;
        await PutAsync(storage, 10);
        await PutAsync(storage, 10); // is answered after the first one's end
        time.Advance(S3Toolkit.Server.Storage.Disk.Bodies.BodyTrash.Grace);

        Assert.That(BodyPaths(), Is.Empty, "another commit has taken its place");
    }

    [Test]
    public void Open_FoldersThatAreNotThere_FlushesTheParentOfEach()
    {
        string path = Path.Combine(_folder.Path, "a", "b", "data");
        using DataFolder folder = DataFolder.Open(path, durability: _steps);

        foreach (string parent in new[] { _folder.Path, Path.Combine(_folder.Path, "a"), Path.Combine(_folder.Path, "a", "b") })
            Assert.That(_steps.Folders, Has.Member(parent));
        Assert.That(_steps.Folders, Has.Member(path).And.Member(folder.BodiesPath));
    }

    [Test]
    public void OpenWriter_Connection_FlushesEachCommitOfALog()
    {
        using SqliteSession writer = SqliteSession.OpenWriter(Path.Combine(_folder.Path, "metadata.db"));

        const int Full = 2;
        Assert.That(writer.Scalar("PRAGMA synchronous"), Is.EqualTo(Full));
        using SqliteDataReader mode = writer.Query("PRAGMA journal_mode");
        Assert.That((mode.Read(), mode.GetString(0)), Is.EqualTo((true, "wal")));
    }

    private async Task<DiskStorage> OpenAsync(TimeProvider? time = null)
    {
        DiskStorage storage = DiskStorage.Open(_folder.Path, time ?? TimeProvider.System, NullLogger.Instance, _steps);
        await storage.CreateBucketAsync(new BucketRecord(Bucket, "r", default), default);
        _steps.Taken.Clear();
        return storage;
    }

    private static async Task PutAsync(DiskStorage storage, int length)
    {
        await using StagedBody body = await storage.StageBytesAsync(new byte[length]);
        await storage.PutAsync(Bucket, new ObjectRecord { Key = "k", ETag = "e", LastModified = default }, body, default, default);
    }

    private string[] BodyPaths() => Directory.GetFiles(Path.Combine(_folder.Path, "bodies"), "*", SearchOption.AllDirectories);

    /// <summary>Takes the steps and writes them down.</summary>
    private sealed class Steps : Durability
    {
        public List<string> Taken { get; } = [];

        public List<string> Folders { get; } = [];

        public Action<string>? OnFolder { get; set; }

        public Action? OnCommit { get; set; }

        public override void FlushFile(SafeFileHandle file)
        {
            Taken.Add($"file {RandomAccess.GetLength(file)}");
            base.FlushFile(file);
        }

        public override void Move(string from, string to)
        {
            base.Move(from, to);
            Taken.Add($"move {NameOf(Path.GetDirectoryName(from)!)}->{NameOf(Path.GetDirectoryName(to)!)}");
        }

        public override void FlushFolder(string path)
        {
            OnFolder?.Invoke(path);
            base.FlushFolder(path);
            Folders.Add(path);
            Taken.Add("folder " + NameOf(path));
        }

        public override void Commit(SqliteSession writer)
        {
            OnCommit?.Invoke();
            base.Commit(writer);
            Taken.Add("commit");
        }

        /// <summary>The folders of bodies have names of two digits.</summary>
        private static string NameOf(string path) =>
            Path.GetFileName(Path.GetDirectoryName(path)) == "bodies" ? "bodies/" : Path.GetFileName(path);
    }
}
