using S3Toolkit.Server.Operations.Archiving;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Operations.Archiving;

public sealed class RestoreRequestTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [TestCase(0, 1, "2026-01-04")]
    [TestCase(4, 1, "2026-01-04")]
    [TestCase(12, 1, "2026-01-04", Description = "Ready at midnight, it is over at midnight.")]
    [TestCase(13, 1, "2026-01-05")]
    [TestCase(0, 30, "2026-02-02")]
    public void Next_Archived_ExpiresAtTheMidnightAfterItsDays(int delayHours, int days, string expires)
    {
        RestoreRecord next = new RestoreRequest(days, "Standard").Next(Archived(null), Noon, TimeSpan.FromHours(delayHours));

        Assert.That(next.ReadyAt, Is.EqualTo(Noon.AddHours(delayHours)));
        Assert.That(next.ExpiresAt, Is.EqualTo(DateTimeOffset.Parse(expires + "T00:00:00Z", null)));
    }

    [Test]
    public void Next_ReadableAlready_CountsItsDaysAnew()
    {
        RestoreRecord old = new(Noon.AddDays(-3), Noon.AddDays(1));

        RestoreRecord next = new RestoreRequest(5, "Bulk").Next(Archived(old), Noon, TimeSpan.FromHours(4));

        Assert.That(next, Is.EqualTo(new RestoreRecord(old.ReadyAt, new DateTimeOffset(2026, 1, 8, 0, 0, 0, TimeSpan.Zero))));
        Assert.That(next.IsReadable(Noon), Is.True);
    }

    [Test]
    public void Next_Expired_StartsAgain()
    {
        RestoreRecord old = new(Noon.AddDays(-3), Noon);

        RestoreRecord next = new RestoreRequest(1, "Standard").Next(Archived(old), Noon, TimeSpan.FromHours(1));

        Assert.That(next.IsUnderWay(Noon), Is.True);
    }

    [Test]
    public void Next_UnderWay_IsRefused()
    {
        RestoreRecord old = new(Noon.AddHours(1), Noon.AddDays(1));

        Assert.That(() => new RestoreRequest(1, "Standard").Next(Archived(old), Noon, default),
            Throws.TypeOf<S3ErrorException>().With.Message.StartsWith("RestoreAlreadyInProgress"));
    }

    private static ObjectRecord Archived(RestoreRecord? restore) => new()
    {
        Key = "k", LastModified = Noon, Restore = restore, Properties = new ObjectProperties { StorageClass = "GLACIER" },
    };
}
