using S3Toolkit.Streams;

namespace S3Toolkit.Tests.Streams;

[TestFixture]
internal sealed class RangePlanTests
{
    [Test]
    public void For_NoRanges_IsNoRequest() => Assert.That(Plan([]).Requests, Is.Empty);

    [Test]
    public void For_NearRanges_ShareARequestWithoutTheGapInItsBuffer()
    {
        var plan = Plan([new(120, 10), new(100, 5)], gap: 15);

        Assert.That(plan.Requests, Has.Count.EqualTo(1));
        Assert.That(plan.Requests[0] with { Runs = [] }, Is.EqualTo(new PlannedRequest(100, 30, 15, [])));
        Assert.That(plan.Requests[0].Runs, Is.EqualTo([new WantedRun(100, 5, 0), new WantedRun(120, 10, 5)]));
        Assert.That(plan.Slices, Is.EqualTo([new PlannedSlice(0, 5, 10), new PlannedSlice(0, 0, 5)]), "in the order asked");
    }

    [Test]
    public void For_RangesFurtherApart_AreRequestsOfTheirOwn()
    {
        var plan = Plan([new(120, 10), new(100, 5)], gap: 14);

        Assert.That(plan.Requests.Select(static request => (request.Offset, request.Length)), Is.EqualTo([(100L, 5L), (120L, 10L)]));
        Assert.That(plan.Slices, Is.EqualTo([new PlannedSlice(1, 0, 10), new PlannedSlice(0, 0, 5)]));
    }

    [Test]
    public void For_RangesThatOverlapTouchOrRepeat_HaveTheirBytesOnce()
    {
        var plan = Plan([new(10, 10), new(10, 4), new(15, 10), new(25, 5), new(10, 10)]);

        Assert.That(plan.Requests.Single().Runs, Is.EqualTo([new WantedRun(10, 20, 0)]));
        Assert.That(
            plan.Slices.Select(static slice => (slice.BufferOffset, slice.Length)),
            Is.EqualTo([(0, 10), (0, 4), (5, 10), (15, 5), (0, 10)]));
    }

    [Test]
    public void For_RangeWithinALongerOne_KeepsTheLongerOne()
    {
        var plan = Plan([new(0, 100), new(10, 5), new(99, 2)]);

        Assert.That(plan.Requests.Single().Runs, Is.EqualTo([new WantedRun(0, 101, 0)]));
    }

    [Test]
    public void For_RequestThatWouldSpanTooMuch_BeginsAnother()
    {
        var plan = Plan([new(0, 60), new(60, 40), new(100, 1)], most: 100);

        Assert.That(plan.Requests.Select(static request => request.Length), Is.EqualTo([100L, 1L]));
    }

    [Test]
    public void For_RangeLargerThanARequest_IsOneOfItsOwn()
    {
        var plan = Plan([new(0, 1000), new(500, 100), new(1000, 10)], most: 100);

        Assert.That(plan.Requests.Select(static request => request.Length), Is.EqualTo([1000L, 10L]));
        Assert.That(plan.Slices[1], Is.EqualTo(new PlannedSlice(0, 500, 100)));
    }

    [Test]
    public void For_RandomRanges_HoldsTheBytesOfEach()
    {
        var content = Enumerable.Range(0, 5000).Select(static value => (byte)(value * 31)).ToArray();
        var random = new Random(5);
        for (var round = 0; round < 500; round++)
        {
            var (gap, most) = (random.Next(200), random.Next(1, 2000));
            var spans = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Span(random, content.Length)).ToList();

            var plan = Plan(spans, gap, most);

            var buffers = plan.Requests.Select(request => Fill(request, content)).ToList();
            for (var index = 0; index < spans.Count; index++)
            {
                var slice = plan.Slices[index];
                Assert.That(
                    buffers[slice.Request].AsSpan(slice.BufferOffset, slice.Length)
                        .SequenceEqual(content.AsSpan((int)spans[index].Offset, (int)spans[index].Length)),
                    Is.True,
                    $"round {round}, range {index}");
            }

            Assert.That(
                plan.Requests.Where(request => request.Length > most && request.Runs.Count > 1), Is.Empty, "too much for a shared request");
        }

        static ByteSpan Span(Random random, int total)
        {
            var offset = random.Next(total);
            return new ByteSpan(offset, random.Next(1, Math.Min(300, total - offset) + 1));
        }
    }

    private static RangePlan Plan(IReadOnlyList<ByteSpan> spans, long gap = 10, long most = 1_000_000) => RangePlan.For(spans, gap, most);

    private static byte[] Fill(PlannedRequest request, byte[] content)
    {
        var buffer = new byte[request.BufferBytes];
        foreach (var run in request.Runs) content.AsSpan((int)run.Offset, run.Length).CopyTo(buffer.AsSpan(run.BufferOffset));
        return buffer;
    }
}
