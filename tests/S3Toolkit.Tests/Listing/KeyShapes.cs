using System.Globalization;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Listing;

/// <summary>Keys as people name them, in the order of their UTF-8 bytes.</summary>
internal static class KeyShapes
{
    public static readonly string[] Names = ["hex", "dates", "unicode", "deep", "digits", "words", "one-long-run", "nested"];

    public static IReadOnlyList<string> Of(string shape, int count, string prefix = "")
    {
        var random = new Random(17);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (keys.Count < count) keys.Add(prefix + Key(shape, keys.Count, count, random));
        var sorted = keys.ToList();
        sorted.Sort(Utf8Order.Compare);
        return sorted;
    }

    private static string Key(string shape, int number, int count, Random random) => shape switch
    {
        "hex" => random.NextInt64().ToString("x16", CultureInfo.InvariantCulture),
        "dates" => new DateTime(2024, 1, 1).AddMinutes(number * 60).ToString("yyyy-MM-dd'/'HH", CultureInfo.InvariantCulture)
            + $"/{random.Next(100000):D5}.log",
        "unicode" => string.Concat(Enumerable.Range(0, 4).Select(_ => Rune(random))),
        "deep" => $"one/very/deep/prefix/that/all/keys/share/{random.Next(1_000_000_000):D10}.bin",
        "digits" => number.ToString(CultureInfo.InvariantCulture),
        "words" => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => (char)('a' + random.Next(26)))),
        "one-long-run" => number < count / 50 ? $"a{number:D6}" : $"z/{number:D8}",
        _ => $"tenant-{random.Next(5)}/{random.Next(20)}/{random.Next(1_000_000)}",
    };

    // Above and below the surrogates, where UTF-16 sorts otherwise; and what XML and URLs have to escape.
    private static string Rune(Random random)
    {
        ReadOnlySpan<(int From, int To)> blocks = [(0x21, 0x7E), (0xE0, 0xFF), (0x4E00, 0x4FFF), (0xFF01, 0xFF5E), (0x1F600, 0x1F64F)];
        var (from, to) = blocks[random.Next(blocks.Length)];
        return char.ConvertFromUtf32(random.Next(from, to + 1));
    }
}
