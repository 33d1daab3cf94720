using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Storage.Disk.Bodies;
using S3Toolkit.Server.Storage.Disk.Metadata;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CommitLoopTests
{
    private readonly TemporaryFolder _temporary = new();
    private DataFolder _folder = null!;
    private SqliteSession _session = null!;
    private BucketCache _buckets = null!;
    private BodyTrash _trash = null!;
    private CommitLoop _loop = null!;

    [SetUp]
    public void Open()
    {
        _folder = DataFolder.Open(_temporary.Path);
        _session = SqliteSession.OpenWriter(_folder.DatabasePath);
        BodyFiles files = new(_folder, DiskSchema.Open(_session, _folder.DatabasePath));
        _buckets = BucketCache.Load(_session);
        _loop = new CommitLoop(_folder, _session, _buckets, _trash = new BodyTrash(files, TimeProvider.System));
    }

    [TearDown]
    public void Close()
    {
        _loop.Dispose();
        _trash.Dispose();
        _folder.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public async Task RunAsync_WritesThatWait_ShareATransaction()
    {
        using ManualResetEventSlim gate = new();
        List<WriteTransaction> seen = [];
        Task first = _loop.RunAsync(_ => { gate.Wait(); return 0; });
        Task[] rest = [.. Enumerable.Range(0, 20).Select(_ => _loop.RunAsync(write => { seen.Add(write); return 0; }))];

        gate.Set();
        await Task.WhenAll([first, .. rest]);

        Assert.That(seen, Has.Count.EqualTo(20));
        // The first may have taken some along before it waited at the gate.
        Assert.That(seen.Distinct().Count(), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task RunAsync_OneOfManyFails_TheOthersAreCommitted()
    {
        using ManualResetEventSlim gate = new();
        Task first = _loop.RunAsync(_ => { gate.Wait(); return 0; });
        Task<int>[] rest = [.. Enumerable.Range(0, 10).Select(i => _loop.RunAsync(write =>
        {
            write.Session.Execute("INSERT INTO settings VALUES(?1, 1)", $"row{i}");
            return i == 5 ? throw new InvalidTimeZoneException("on purpose") : i;
        }))];
        gate.Set();
        await first;

        for (int i = 0; i < rest.Length; i++)
        {
            if (i == 5) Assert.That(async () => await rest[5], Throws.TypeOf<InvalidTimeZoneException>());
            else Assert.That(await rest[i], Is.EqualTo(i));
        }
        long rows = await _loop.RunAsync(write => write.Session.Scalar("SELECT count(*) FROM settings WHERE name LIKE 'row%'"));
        Assert.That(rows, Is.EqualTo(9));
    }

    [Test]
    public async Task RunAsync_OneOfManyFails_TheOthersShareOneMoreTransaction()
    {
        using ManualResetEventSlim gate = new();
        HashSet<WriteTransaction> seen = [];
        BucketRecord bucket = new("bucket", "us-east-1", DateTimeOffset.UnixEpoch);
        Task first = _loop.RunAsync(_ => { gate.Wait(); return 0; });
        Task[] rest = [.. Enumerable.Range(0, 200).Select(i => _loop.RunAsync(write =>
        {
            seen.Add(write);
            if (i != 100) return BucketTable.Create(write, bucket with { Name = $"bucket-{i}" });
            BucketTable.Create(write, bucket with { Name = "never" });
            BucketTable.Delete(write, "bucket-1");
            write.FreedFiles.Add("00of-the-one-that-failed");
            throw new InvalidTimeZoneException("on purpose");
        }))];
        string kept = Path.Combine(_folder.BodiesPath, "00", "00of-the-one-that-failed");
        await File.WriteAllTextAsync(kept, "x");

        gate.Set();
        await first;

        Assert.That(async () => await Task.WhenAll(rest), Throws.TypeOf<InvalidTimeZoneException>());
        Assert.That(rest.Count(task => task.IsCompletedSuccessfully), Is.EqualTo(199));
        // The first may have taken some along before it waited at the gate.
        Assert.That(seen, Has.Count.LessThanOrEqualTo(3));
        foreach (BucketCache buckets in new[] { _buckets, BucketCache.Load(_session) })
            Assert.That((buckets.Find("never"), buckets.Find("bucket-1")?.Record.Name), Is.EqualTo(((StoredBucket?)null, "bucket-1")));
        _trash.Dispose(); // deletes what was freed
        Assert.That(File.Exists(kept));
    }

    [Test]
    public async Task RunAsync_BucketWritesThatFail_LeaveTheBucketsAsTheyWere()
    {
        BucketRecord bucket = new("kept", "us-east-1", DateTimeOffset.UnixEpoch);
        await _loop.RunAsync(write => BucketTable.Create(write, bucket));

        Task failing = _loop.RunAsync<int>(write =>
        {
            BucketTable.Create(write, bucket with { Name = "never" });
            BucketTable.Delete(write, "kept");
            Assert.That(write.FindBucket("never"), Is.Not.Null, "the transaction sees its own writes");
            Assert.That(write.FindBucket("kept"), Is.Null);
            throw new InvalidTimeZoneException("on purpose");
        });

        Assert.That(async () => await failing, Throws.TypeOf<InvalidTimeZoneException>());
        Assert.That(_buckets.Find("never"), Is.Null);
        Assert.That(_buckets.Find("kept")?.Record, Is.EqualTo(bucket));
        Assert.That(BucketCache.Load(_session).Find("never"), Is.Null);
    }

    [TestCase("SELECT key FROM objects INDEXED BY objects_visible "
        + "WHERE bucket_id = 1 AND state = 1 AND key >= x'61' AND key < x'62' ORDER BY key")]
    [TestCase("SELECT key FROM objects INDEXED BY objects_by_key "
        + "WHERE bucket_id = 1 AND key >= x'61' AND key < x'62' ORDER BY key, id DESC")]
    [TestCase("SELECT id FROM objects WHERE bucket_id = 1 AND key = x'61' ORDER BY id DESC LIMIT 1")]
    [TestCase("SELECT id FROM objects WHERE version_id = 'x' AND version_id <> 'null' AND bucket_id = 1 AND key = x'61'")]
    [TestCase("SELECT id FROM objects WHERE bucket_id = 1 AND key = x'61' AND version_id = 'null' AND state = 0")]
    [TestCase("SELECT record FROM uploads INDEXED BY uploads_by_key "
        + "WHERE bucket_id = 1 AND key >= x'61' AND completed IS NULL ORDER BY key, upload_id")]
    [TestCase("SELECT EXISTS(SELECT 1 FROM body_files WHERE file = 'x') OR EXISTS(SELECT 1 FROM parts WHERE file = 'x')")]
    public async Task Queries_OfEveryKind_SearchAnIndexAndSortNothing(string sql)
    {
        List<string> plan = await _loop.RunAsync(write =>
        {
            List<string> lines = [];
            using Microsoft.Data.Sqlite.SqliteDataReader reader = write.Session.Query("EXPLAIN QUERY PLAN " + sql);
            while (reader.Read()) lines.Add(reader.GetString(3));
            return lines;
        });

        Assert.That(plan, Has.Some.StartsWith("SEARCH"));
        Assert.That(plan, Has.None.Contains("TEMP B-TREE").And.None.Match("^SCAN (?!CONSTANT)"));
    }
}
