using CsCheck;
using S3Toolkit.Transfers.Downloads;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transfers.Downloads;

[TestFixture]
internal sealed class DownloadPlanTests
{
    private const long MiB = 1024 * 1024;

    [Test]
    public void Part_AnyPlan_CoversTheContentOnceAndEndsAtMultiplesOfThePartSize() =>
        Gen.Select(Gen.Long[1, 100_000], Gen.Long[1, 9000], Gen.Long[50, 9000]).Sample((length, first, size) =>
        {
            var plan = new DownloadPlan(7, length, Math.Min(first, length), size, CoversObject: false);
            long position = 0;
            for (var index = 0; index < plan.PartCount; index++)
            {
                var (offset, bytes) = plan.Part(index);
                var end = offset + bytes;
                if (offset != position || bytes < 1) return false;
                if (index > 0 && end != length && end % size != 0) return false;
                if (index > 0 && bytes > size) return false;
                position = end;
            }

            return position == length;
        });

    [TestCase(100 * MiB, 10, 10 * MiB)]
    [TestCase(95 * MiB + 1, 10, 10 * MiB)]
    [TestCase(16 * MiB, 2, 8 * MiB)]
    [TestCase(128 * MiB, 2, 64 * MiB)]
    [TestCase(128 * MiB + 2, 2, null, Description = "above 64 MiB")]
    [TestCase(15 * MiB, 2, null, Description = "below 8 MiB")]
    [TestCase(100 * MiB, 1, null)]
    [TestCase(100 * MiB, null, null)]
    [TestCase(100 * MiB, 0, null)]
    [TestCase(100 * MiB, 12, 9 * MiB)]
    [TestCase(600 * MiB, 70, null, Description = "9 MiB would make 67 parts")]
    public void StoredPartBytes_ETagWithACount_IsTheSizeThatMakesJustThatMany(long size, int? parts, long? expected) =>
        Assert.That(DownloadPlan.StoredPartBytes(size, parts), Is.EqualTo(expected));

    [TestCase(null, null, 0, 99)]
    [TestCase(10, null, 10, 109)]
    [TestCase(10, 19, 10, 19)]
    [TestCase(10, 500, 10, 109)]
    public void FirstRange_WishedRange_IsItsBeginning(int? first, int? last, int expectedFirst, int expectedLast)
    {
        ObjectRange? wished = (first, last) switch
        {
            (null, _) => null,
            ({ } from, null) => ObjectRange.From(from),
            ({ } from, { } to) => ObjectRange.Of(from, to - from + 1),
        };

        Assert.That(DownloadPlan.FirstRange(wished, 100), Is.EqualTo(ObjectRange.Of(expectedFirst, expectedLast - expectedFirst + 1)));
    }

    [Test]
    public void FirstRange_NearTheLargestNumber_DoesNotOverflow() =>
        Assert.That(DownloadPlan.FirstRange(ObjectRange.From(long.MaxValue - 5), 100), Is.EqualTo(ObjectRange.Of(long.MaxValue - 5, 5)));

    [Test]
    public void Of_PartsAsStored_EndWhereTheStoredOnesDo()
    {
        var plan = Plan(new ContentRange(0, 8 * MiB - 1, 40 * MiB), "e-3")!;

        Assert.That(
            Enumerable.Range(0, plan.PartCount).Select(plan.Part),
            Is.EqualTo(new[] { (0, 8 * MiB), (8 * MiB, 6 * MiB), (14 * MiB, 14 * MiB), (28 * MiB, 12 * MiB) }));
        Assert.That(plan.CoversObject, Is.True);
    }

    [Test]
    public void Of_ManyParts_AreFewerAndLarger()
    {
        const long size = 48L * 1024 * 1024 * MiB;

        Assert.That(Plan(new ContentRange(0, 8 * MiB - 1, size), "e")!.PartCount, Is.LessThanOrEqualTo(10_001));
    }

    [Test]
    public void Of_RangeOfTheCaller_StaysInIt()
    {
        var asked = ObjectRange.Of(100, 50);
        var plan = DownloadPlan.Of(ObjectRange.Of(100, 120), asked, Reply(new ContentRange(100, 149, 1000), "e", 50), 50)!;

        Assert.That(Enumerable.Range(0, plan.PartCount).Select(plan.Part), Is.EqualTo(new[] { (0L, 50L), (50L, 50L), (100L, 20L) }));
        Assert.That((plan.FirstByte, plan.LengthBytes, plan.CoversObject), Is.EqualTo((100L, 120L, false)));
    }

    [Test]
    public void Of_AnswerThatOthersCannotGoOnWith_IsNone([Values] bool isWeak, [Values] bool isOther)
    {
        if (!isWeak && !isOther) Assert.That(Plan(new ContentRange(0, 8 * MiB - 1, 40 * MiB), "e"), Is.Not.Null);
        else Assert.That(Plan(new ContentRange(isOther ? 1 : 0, 8 * MiB - 1, 40 * MiB), isWeak ? "W/\"e\"" : "e"), Is.Null);
    }

    [Test]
    public void Of_AnswerWithoutARangeOrETag_IsNone()
    {
        Assert.That(Plan(range: null, "e"), Is.Null);
        Assert.That(Plan(new ContentRange(0, 8 * MiB - 1, 40 * MiB), etag: null), Is.Null);
    }

    private static DownloadPlan? Plan(ContentRange? range, string? etag) =>
        DownloadPlan.Of(wished: null, ObjectRange.Of(0, 8 * MiB), Reply(range, etag, range?.LengthBytes), 8 * MiB);

    private static GetReply Reply(ContentRange? range, string? etag, long? length) => new(
        new ObjectInfo { BucketName = "b", Key = "k", SizeBytes = range?.TotalBytes ?? 0, ETag = ETag.FromNullable(etag) },
        range,
        length,
        Stream.Null);
}
