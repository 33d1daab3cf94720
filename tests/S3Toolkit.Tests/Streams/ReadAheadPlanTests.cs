using S3Toolkit.Streams;

namespace S3Toolkit.Tests.Streams;

[TestFixture]
internal sealed class ReadAheadPlanTests
{
    private const long MiB = 1024 * 1024;

    private static readonly ReadAheadPlan Default = ReadAheadPlan.For(new OpenObjectOptions(), 256 * MiB);

    [TestCase(256, 1, 64)]
    [TestCase(1024, 1, 64)]
    [TestCase(32, 1, 8)]
    [TestCase(2, 0.5, 0.5)]
    public void For_Budget_HoldsAtMostAQuarterOfIt(double budgetMiB, double firstMiB, double mostMiB) => Assert.That(
        ReadAheadPlan.For(new OpenObjectOptions(), (long)(budgetMiB * MiB)),
        Is.EqualTo(new ReadAheadPlan((long)(firstMiB * MiB), (long)(mostMiB * MiB))));

    [TestCase(0, 4096, 100 * MiB, 0, MiB)]
    [TestCase(50 * MiB, 4096, 100 * MiB, 50 * MiB, MiB)]
    [TestCase(50 * MiB, 5 * MiB, 100 * MiB, 50 * MiB, 5 * MiB, Description = "a large read is one fetch")]
    [TestCase(50 * MiB, 40 * MiB, 100 * MiB, 50 * MiB, 16 * MiB, Description = "up to the largest fetch")]
    [TestCase((100 * MiB) - 22, 22, 100 * MiB, 99 * MiB, MiB, Description = "the end is fetched with what is before it")]
    [TestCase(98 * MiB, 40 * MiB, 100 * MiB, 98 * MiB, 2 * MiB, Description = "but not more than that")]
    [TestCase(5, 10, 100, 0, 100)]
    public void First_Read_IsFetchedWithWhatFollows(long position, long count, long length, long offset, long size) =>
        Assert.That(Default.First(position, count, length), Is.EqualTo((offset, size)));

    [Test]
    public void Grow_AgainAndAgain_DoublesToTheMost()
    {
        var windows = new List<long> { Default.FirstBytes };
        while (windows.Count < 9) windows.Add(Default.Grow(windows[^1]));

        Assert.That(windows.Select(static window => window / MiB), Is.EqualTo([1, 2, 4, 8, 16, 32, 64, 64, 64]));
    }

    [TestCase(2, 0.5, 1, 100, 1.5, Description = "what is missing to the window")]
    [TestCase(64, 20, 30, 100, 16, Description = "no fetch is larger than a quarter of the most")]
    [TestCase(64, 50, 60, 100, 0, Description = "rather later than little")]
    [TestCase(64, 10, 60, 100, 0, Description = "what is held counts, behind the reader too")]
    [TestCase(64, 50, 60, 3, 3, Description = "the end is fetched whatever its size")]
    [TestCase(64, 50, 60, 0, 0)]
    [TestCase(4, 5, 6, 100, 0)]
    public void Next_Reader_IsKeptAheadOf(double window, double ahead, double held, double rest, double size) => Assert.That(
        Default.Next((long)(window * MiB), (long)(ahead * MiB), (long)(held * MiB), (long)(rest * MiB)), Is.EqualTo((long)(size * MiB)));

    [Test]
    public void Check_SizesOutOfRange_AreRefusedByName()
    {
        Assert.That(
            static () => ReadAheadPlan.Check(new OpenObjectOptions { FirstReadBytes = 4095 }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("FirstReadBytes"));
        Assert.That(
            static () => ReadAheadPlan.Check(new OpenObjectOptions { FirstReadBytes = 8192, MaxReadAheadBytes = 8191 }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("MaxReadAheadBytes"));
    }
}
