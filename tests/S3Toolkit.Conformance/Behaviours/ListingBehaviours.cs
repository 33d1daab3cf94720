using System.Text;

namespace S3Toolkit.Conformance;

public abstract class ListingBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    private static readonly string[] Tree = ["a.txt", "b/", "b/1", "b/2/x", "b/2/y", "c//d", "c/e", "z"];

    [Test]
    public async Task List_EmptyBucket_IsEmpty()
    {
        var bucket = await NewBucketAsync();

        Assert.That(await bucket.ListAsync().ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task List_All_TellsSizeETagAndTime()
    {
        var bucket = await NewBucketAsync();
        var put = await bucket.PutAsync("one", TestContent.Bytes(123));

        var entry = (ListedObject)await bucket.ListAsync().SingleAsync();

        Assert.That(entry.Key, Is.EqualTo("one"));
        Assert.That(entry.Name, Is.EqualTo("one"));
        Assert.That(entry.SizeBytes, Is.EqualTo(123));
        Assert.That(entry.ETag, Is.EqualTo(put.ETag));
        Assert.That(entry.StorageClass, Is.EqualTo(StorageClass.Standard));
        Assert.That(entry.LastModified, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task List_WithOwner_TellsIt()
    {
        var bucket = await NewBucketAsync();
        await bucket.PutAsync("owned", TestContent.Bytes(1));

        var entry = (ListedObject)await bucket.ListAsync(new ListObjectsOptions { FetchOwner = true }).SingleAsync();

        Assert.That(entry.OwnerId, Is.Not.Empty);
    }

    [Test]
    public async Task List_AnyKeys_IsInTheOrderOfTheirUtf8Bytes()
    {
        var bucket = await NewBucketAsync();
        // U+E000 and U+FFFD sort before U+10000 in UTF-8 and after it in UTF-16.
        string[] keys =
            ["a", "A", "aa", "a/b", "a-b", "a.b", "a b", "\u00e9", "\uE000", "\uFFFD", "\U00010000", "\U0001F600", "~", "z", "0", "_"];
        foreach (var key in keys) await bucket.PutAsync(key, TestContent.Bytes(1));

        var listed = await bucket.ListAsync(new ListObjectsOptions { PageSize = 3 }).Select(entry => entry.Name).ToListAsync();

        Assert.That(listed, Is.EqualTo(keys.OrderBy(key => Encoding.UTF8.GetBytes(key), ByteOrder.Instance)));
    }

    [TestCase("b/", ExpectedResult = new[] { "b/", "b/1", "b/2/x", "b/2/y" })]
    [TestCase("b/2", ExpectedResult = new[] { "b/2/x", "b/2/y" })]
    [TestCase("B", ExpectedResult = new string[0])]
    [TestCase("z", ExpectedResult = new[] { "z" })]
    public async Task<List<string>> List_Prefix_HasJustKeysThatBeginSo(string prefix) => await KeysAsync(await TreeAsync(), prefix);

    [TestCase("", ExpectedResult = new[] { "a.txt", "[b/]", "[c/]", "z" })]
    [TestCase("b/", ExpectedResult = new[] { "b/", "b/1", "[b/2/]" })]
    [TestCase("b", ExpectedResult = new[] { "[b/]" })]
    [TestCase("c/", ExpectedResult = new[] { "[c//]", "c/e" })]
    [TestCase("b/2/", ExpectedResult = new[] { "b/2/x", "b/2/y" })]
    public async Task<string[]> List_Delimiter_RollsUp(string prefix)
    {
        var bucket = await TreeAsync();
        var options = new ListObjectsOptions { Prefix = prefix, Delimiter = "/" };
        var expected = await Shown(bucket, options);

        // Pages of one entry are where continuation behind a rolled-up prefix goes wrong.
        Assert.That(await Shown(bucket, options with { PageSize = 1 }), Is.EquivalentTo(expected));
        return [.. expected.Order(EntryOrder)];
    }

    [Test]
    public async Task List_DelimiterOfSeveralCharacters_RollsUp()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "a--b", "a-b", "a--c", "x" }) await bucket.PutAsync(key, TestContent.Bytes(1));

        Assert.That(
            (await Shown(bucket, new ListObjectsOptions { Delimiter = "--" })).Order(EntryOrder),
            Is.EqualTo(["[a--]", "a-b", "x"]));
    }

    [TestCase("a.txt", "b/")]
    [TestCase("b/2", "b/2/x")]
    [TestCase("b/2/x", "b/2/y")]
    [TestCase("", "a.txt")]
    public async Task List_StartAfter_ExcludesTheStart(string start, string first)
    {
        var bucket = await TreeAsync();

        var entry = await bucket.ListAsync(new ListObjectsOptions { StartAfter = start }).FirstAsync();

        Assert.That(entry.Name, Is.EqualTo(first));
    }

    [Test]
    public async Task List_StartAfterTheLast_IsEmpty()
    {
        var bucket = await TreeAsync();

        Assert.That(await bucket.ListAsync(new ListObjectsOptions { StartAfter = "z" }).ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task ListAndDelete_2500Keys_MissNone()
    {
        var bucket = await NewBucketAsync();
        var keys = Enumerable.Range(0, 2500).Select(i => $"k/{i:D5}").ToList();
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (key, token) => await bucket.PutAsync(key, TestContent.Bytes(1), token));

        Assert.That(await KeysAsync(bucket), Is.EqualTo(keys));
        Assert.That(
            await bucket.ListAsync(new ListObjectsOptions { PageSize = 999 }).Select(entry => entry.Name).ToListAsync(),
            Is.EqualTo(keys));
        Assert.That(
            await bucket.ListAsync(new ListObjectsOptions { Delimiter = "/" }).Select(entry => entry.Name).ToListAsync(),
            Is.EqualTo(["k/"]));

        var results = await bucket.DeleteManyAsync(keys).ToListAsync();

        Assert.That(results.Select(result => result.Failure), Is.All.Null);
        Assert.That(results.Select(result => result.Key), Is.EquivalentTo(keys));
        Assert.That(await KeysAsync(bucket), Is.Empty);
    }

    [Test]
    public async Task List_LeftEarly_IsNoError()
    {
        var bucket = await TreeAsync();

        Assert.That((await bucket.ListAsync(new ListObjectsOptions { PageSize = 1 }).FirstAsync()).Name, Is.EqualTo("a.txt"));
    }

    private static readonly Comparer<string> EntryOrder = Comparer<string>.Create(
        static (left, right) => string.CompareOrdinal(left.Trim('[', ']'), right.Trim('[', ']')));

    private static async Task<string[]> Shown(IObjectStore bucket, ListObjectsOptions options) =>
        await bucket.ListAsync(options).Select(entry => entry is ListedPrefix ? $"[{entry.Name}]" : entry.Name).ToArrayAsync();

    private async Task<IObjectStore> TreeAsync()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in Tree) await bucket.PutAsync(key, TestContent.Bytes(1));
        return bucket;
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
