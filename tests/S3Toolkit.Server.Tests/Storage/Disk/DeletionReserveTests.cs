using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeletionReserveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly string _path;
    private readonly DeletionReserve _reserve;

    public DeletionReserveTests()
    {
        _path = Path.Combine(_folder.Path, "reserve");
        _reserve = new DeletionReserve(_path, _time);
    }

    public void Dispose() => _folder.Dispose();

    [Test]
    public void RefillIfDue_Missing_WritesTheWholeReserve()
    {
        _reserve.RefillIfDue();

        Assert.That(new FileInfo(_path).Length, Is.EqualTo(1024 * 1024));
        Assert.That(Directory.GetFiles(_folder.Path), Is.EqualTo(new[] { _path }));
    }

    [Test]
    public void RefillIfDue_OnlyAPartIsThere_MakesItWholeAgain()
    {
        File.WriteAllBytes(_path, new byte[256 * 1024]);

        _reserve.RefillIfDue();

        Assert.That(new FileInfo(_path).Length, Is.EqualTo(1024 * 1024));
    }

    [Test]
    public void Release_UsedByTwo_StaysAwayUntilBothAreDone()
    {
        _reserve.RefillIfDue();

        using (_reserve.Release())
        {
            using (_reserve.Release()) Assert.That(File.Exists(_path), Is.False);
            _time.Advance(TimeSpan.FromMinutes(1));
            _reserve.RefillIfDue();
            Assert.That(File.Exists(_path), Is.False, "one still needs the room");
        }

        Assert.That(File.Exists(_path));
    }

    [Test]
    public void RefillIfDue_FailedBefore_TriesAgainLater()
    {
        string obstacle = Directory.CreateDirectory(_path + ".new").FullName;
        _reserve.RefillIfDue();
        Assert.That(File.Exists(_path), Is.False);
        Directory.Delete(obstacle);

        _reserve.RefillIfDue();
        Assert.That(File.Exists(_path), Is.False, "not at once: each try may write a mebibyte");
        _time.Advance(TimeSpan.FromSeconds(3));
        _reserve.RefillIfDue();

        Assert.That(File.Exists(_path));
    }

    [Test]
    public void Release_FileCannotBeDeleted_ThrowsNothing()
    {
        Directory.CreateDirectory(_path); // File.Delete refuses it with an UnauthorizedAccessException

        Assert.That(() => _reserve.Release().Dispose(), Throws.Nothing);
    }

    [Test]
    public void Release_ManyAtOnce_LeavesAReserveBehind()
    {
        Parallel.For(0, 200, _ => _reserve.Release().Dispose());

        Assert.That(new FileInfo(_path).Length, Is.EqualTo(1024 * 1024));
        Assert.That(Directory.GetFiles(_folder.Path), Is.EqualTo(new[] { _path }));
    }

    [Test]
    public async Task Commit_ReserveMissing_FillsItAgain()
    {
        string data = Path.Combine(_folder.Path, "data");
        await using DiskStorage storage = TestStorage.OpenDisk(data, _time);
        string reserve = Path.Combine(data, "reserve");
        string obstacle = Directory.CreateDirectory(reserve + ".new").FullName;
        storage.Reserve.Release().Dispose();
        Assert.That(File.Exists(reserve), Is.False);
        Directory.Delete(obstacle);
        _time.Advance(TimeSpan.FromSeconds(3));

        await storage.CreateBucketAsync(new BucketRecord("bucket", "r", default), default);
        await storage.CreateBucketAsync(new BucketRecord("bucket2", "r", default), default); // is answered after the first one's end

        Assert.That(File.Exists(reserve));
    }
}
