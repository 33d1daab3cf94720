using Microsoft.Data.Sqlite;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Storage.Disk.Metadata;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

public sealed class DiskFailureTests
{
    private const int NoSpace = 28, QuotaOnLinux = 122, QuotaOnMac = 69, NoSuchFile = 2, DiskBroken = 5;

    [TestCase(13, 13, 0, typeof(StorageFullException), TestName = "Of_SqliteFull_IsFull")]
    [TestCase(10, 4874, 0, typeof(StorageFullException), TestName = "Of_NoRoomForTheIndexOfTheLog_IsFull")]
    [TestCase(10, 778, QuotaOnLinux, typeof(StorageFullException), TestName = "Of_WriteBeyondAQuota_IsFull")]
    [TestCase(10, 1034, QuotaOnMac, typeof(StorageFullException), TestName = "Of_FlushBeyondAQuota_IsFull")]
    [TestCase(14, 14, NoSpace, typeof(StorageFullException), TestName = "Of_NoRoomForALog_IsFull")]
    [TestCase(10, 778, DiskBroken, typeof(StorageDamagedException), TestName = "Of_WriteToABrokenDisk_IsNot")]
    [TestCase(14, 14, NoSuchFile, typeof(StorageDamagedException), TestName = "Of_FileThatIsNotThere_IsNot")]
    [TestCase(5, 5, 0, typeof(StorageBusyException), TestName = "Of_HeldDatabase_IsBusy")]
    [TestCase(6, 6, 0, typeof(StorageBusyException), TestName = "Of_LockedDatabase_IsBusy")]
    [TestCase(11, 11, 0, typeof(StorageDamagedException), TestName = "Of_CorruptDatabase_IsDamaged")]
    public void Of_SqliteError_IsTheStoragesOwn(int code, int extendedCode, int systemError, Type expected) =>
        Assert.That(DiskFailure.Of(new SqliteException("x", code, extendedCode), systemError), Is.TypeOf(expected));

    [TestCase(NoSpace, typeof(StorageFullException))]
    [TestCase(QuotaOnLinux, typeof(StorageFullException))]
    [TestCase(unchecked((int)0x80070070), typeof(StorageFullException))]
    [TestCase(DiskBroken, typeof(StorageDamagedException))]
    public void Of_FileSystemError_IsTheStoragesOwn(int code, Type expected) =>
        Assert.That(DiskFailure.Of(new IOException("x", code)), Is.TypeOf(expected));

    [Test]
    [Platform("Linux,MacOsX")]
    public void SystemError_AfterAFailure_IsThatOfTheOperatingSystem()
    {
        using TemporaryFolder folder = new();
        using SqliteSession session = SqliteSession.OpenWriter(Path.Combine(folder.Path, "metadata.db"));

        Assert.That(() => session.ExecuteOnce($"ATTACH '{folder.Path}/none/x.db' AS other"), Throws.TypeOf<SqliteException>());

        Assert.That(session.SystemError, Is.EqualTo(NoSuchFile));
    }
}
