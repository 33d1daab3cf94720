using S3Toolkit.Listing;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Listing;

[TestFixture]
internal sealed class SplitSearchTests
{
    private const int PageSize = 100;

    [Test]
    public void Next_KeysDifferAtOnce_HalvesTheCharacters()
    {
        var search = new SplitSearch(cursor: "0fff", through: null, prefix: "", pageFirst: "0000");

        Assert.That(search.Next(), Is.EqualTo("0\U0010FFFD"), "first whether there is anything but what begins as the page does");
        search = search.Found(search.Next()!, "1000");
        Assert.That(search.Next(), Is.EqualTo("9"), "then the middle of what hexadecimal numbers have behind 1");
        search = search.None("9");
        Assert.That(search.Next(), Is.EqualTo("5"));
        search = search.Found("5", "51");

        Assert.That((search.Cut, search.Through, search.Next()), Is.EqualTo(("5", "9", (string?)null)));
    }

    [Test]
    public void Next_AllKeysShareWhatThePageShares_GoesBehindThatAtOnce()
    {
        var search = new SplitSearch(cursor: "a/long/prefix/0100", through: null, prefix: "", pageFirst: "a/long/prefix/0000");

        search = search.None(search.Next()!);

        Assert.That(search.Through, Is.EqualTo("a/long/prefix/0\U0010FFFD"));
        Assert.That(search.Next(), Does.StartWith("a/long/prefix/0").And.Length.EqualTo("a/long/prefix/0".Length + 1));
    }

    [Test]
    public void Next_SurrogatePairs_AreNotCutInHalf()
    {
        // Two faces begin with the same half.
        var search = new SplitSearch(cursor: "x\U0001F600", through: "x\U0001F64F", prefix: "x", pageFirst: "x\U0001F600");

        while (search.Next() is { } probe)
        {
            Assert.That(probe.IsNormalized(), Is.True, "half a pair throws");
            search = search.None(probe);
        }

        Assert.That(search.Cut, Is.Null);
        Assert.That(SplitSearch.SharedLength("x\U0001F600", "x\U0001F64F"), Is.EqualTo(1));
    }

    [TestCase("abc", "abc", "abc")]
    [TestCase("abc", "abd", "")]
    [TestCase("a", "a\u0001", "")]
    public void Next_HardlyAnythingIsLeft_Ends(string cursor, string through, string prefix)
    {
        var search = new SplitSearch(cursor, through, prefix, pageFirst: cursor);

        for (var questions = 0; search.Next() is { } probe; questions++)
        {
            Assert.That(questions, Is.LessThan(100));
            Assert.That(Utf8Order.Compare(probe, cursor), Is.GreaterThan(0));
            Assert.That(Utf8Order.Compare(probe, search.Through!), Is.LessThan(0));
            search = search.None(probe);
        }
    }

    [TestCaseSource(typeof(KeyShapes), nameof(KeyShapes.Names))]
    public void Search_Shape_CutsSoonAndInUsefulPieces(string shape)
    {
        var keys = KeyShapes.Of(shape, 20_000, "p/");
        var (cuts, questions, smallest) = (0, 0, 1.0);
        // As a listing does it: two pages, then a cut, and again with the larger half.
        var (first, end) = (0, keys.Count);
        string? through = null;
        while (end - first > 4 * PageSize)
        {
            var cursor = first + (2 * PageSize) - 1;
            var search = new SplitSearch(keys[cursor], through, "p/", keys[first + PageSize]);
            for (var question = 0; question < 12 && search.Next() is { } probe; question++)
            {
                questions++;
                var next = FirstAfter(keys, probe);
                search = next < end ? search.Found(probe, keys[next]) : search.None(probe);
            }

            Assert.That(FirstAfter(keys, search.Through ?? "\U0010FFFF"), Is.GreaterThanOrEqualTo(end), "no key is lost");
            through = search.Through;
            first = cursor + 1;
            if (search.Cut is not { } cut) continue;
            cuts++;
            var middle = FirstAfter(keys, cut);
            Assert.That(middle, Is.InRange(first, end - 1));
            smallest = Math.Min(smallest, Math.Min(middle - first, end - middle) / (double)(end - first));
            if (middle - first > end - middle) (end, through) = (middle, cut);
            else first = middle;
        }

        TestContext.Out.WriteLine($"{shape}: {cuts} cuts by {questions} questions, the smallest piece {smallest:P1}");
        Assert.That(cuts, Is.GreaterThan(0));
        Assert.That((double)questions / cuts, Is.LessThan(12));
    }

    private static int FirstAfter(IReadOnlyList<string> keys, string probe)
    {
        var (low, high) = (0, keys.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Utf8Order.Compare(keys[middle], probe) > 0) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
