using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Replication;

namespace S3Toolkit.Server.Tests.Replication;

public sealed class ReplicationBackoffTests
{
    [Test]
    public void Fail_AgainAndAgain_WaitsTwiceAsLongUpToALimit()
    {
        FakeTimeProvider time = new();
        ReplicationBackoff backoff = new(time);
        List<double> waits = [];
        for (int i = 0; i < 9; i++)
        {
            backoff.Fail("b");
            backoff.Fail("b"); // another worker, at the same time
            TimeSpan wait = backoff.Next() - time.GetUtcNow();
            waits.Add(wait.TotalSeconds);
            time.Advance(wait);
        }

        Assert.That(waits, Is.EqualTo(new double[] { 10, 20, 40, 80, 160, 320, 640, 900, 900 }));
        Assert.That((backoff.IsAway("b"), backoff.HasFailed("b")), Is.EqualTo((false, true)), "due, and not yet asked");
        backoff.Succeed("b");
        Assert.That(backoff.HasFailed("b"), Is.False);
    }

    [Test]
    public void IsAway_ClockThatWasMovedBack_IsAskedAtOnce()
    {
        S3ServerClock clock = new(new FakeTimeProvider());
        ReplicationBackoff backoff = new(clock);
        backoff.Fail("b");
        Assert.That(backoff.IsAway("b"), Is.True);

        clock.Advance(TimeSpan.FromDays(-1));

        Assert.That(backoff.IsAway("b"), Is.False);
    }
}
