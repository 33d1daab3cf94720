using System.Text;
using S3Toolkit.Transport;

namespace S3Toolkit.Listing;

/// <summary>
/// Looks for a key that cuts a range of unread keys in two, by few questions of the kind "is there a key after this one?". A value:
/// each answer gives the next state.
/// </summary>
/// <remarks>
/// First it finds the first character by which the unread keys differ (all before it is a prefix that they share), beginning with where
/// the keys of the last page differ. Then it halves the characters that may stand there: those of hexadecimal numbers, of names, all.
/// </remarks>
internal sealed record SplitSearch
{
    // Greater than all that follows the same beginning, save two code points that stand for no character.
    private const string Last = "\U0010FFFD";

    private const int MaxKeyBytes = 1024;

    private const string Hexadecimal = "0123456789abcdef";
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Begins a search.</summary>
    /// <param name="cursor">The last key that was read; no unread key is before it.</param>
    /// <param name="through">The last key that may be in the range; null for no limit but the prefix.</param>
    /// <param name="prefix">With what all keys begin.</param>
    /// <param name="pageFirst">The first key of the page that ended with the cursor.</param>
    public SplitSearch(string cursor, string? through, string prefix, string pageFirst)
    {
        (Cursor, Through, Least) = (cursor, through, cursor);
        Shared = SharedLength(cursor, through ?? prefix);
        Hint = SharedLength(cursor, pageFirst);
        if (Hint <= Shared) Differs = Shared;
    }

    public string Cursor { get; }

    /// <summary>The last key that may be in the range, as far as the answers tell.</summary>
    public string? Through { get; private init; }

    /// <summary>Where to cut: keys up to and including it stay; null while that is not known.</summary>
    public string? Cut { get; private init; }

    public bool IsDone { get; private init; }

    // All unread keys begin with as many characters of the cursor.
    private int Shared { get; init; }

    // Not all unread keys begin with more than as many characters of the cursor; null while that is not known.
    private int? Differs { get; init; }

    private int Hint { get; init; }

    // The cursor, or a key that is known to be unread.
    private string Least { get; init; }

    private bool IsOfPrefixes => Differs is not { } differs || differs > Shared;

    /// <summary>After which key to ask for another one; null when there is nothing more to ask.</summary>
    public string? Next()
    {
        if (IsDone) return null;
        var probe = IsOfPrefixes ? Cursor[..PrefixLength()] + Last : Middle();
        return probe is not null && Utf8Order.Compare(probe, Cursor) > 0 && (Through is null || Utf8Order.Compare(probe, Through) < 0)
            && Encoding.UTF8.GetByteCount(probe) <= MaxKeyBytes ? probe : null;
    }

    /// <summary>The state when there is no key in the range after the one that was asked for.</summary>
    public SplitSearch None(string probe) => IsOfPrefixes
        ? this with { Through = probe, Shared = PrefixLength(), Differs = Differs ?? PrefixLength() }
        : this with { Through = probe };

    /// <summary>The state when a key of the range comes next after the one that was asked for.</summary>
    public SplitSearch Found(string probe, string key) => IsOfPrefixes
        ? this with { Cut = probe, Least = key, Differs = Math.Max(Shared, SharedLength(Cursor, key)) }
        : this with { Cut = probe, IsDone = true };

    /// <summary>How many characters two keys begin with alike; half a surrogate pair does not count.</summary>
    internal static int SharedLength(string left, string right)
    {
        var length = left.AsSpan().CommonPrefixLength(right);
        return length > 0 && char.IsHighSurrogate(left[length - 1]) ? length - 1 : length;
    }

    private int PrefixLength()
    {
        if (Differs is not { } differs) return Hint;
        var length = (Shared + differs + 1) / 2;
        return length < Cursor.Length && char.IsLowSurrogate(Cursor[length]) ? length + 1 : length;
    }

    private string? Middle()
    {
        var low = Least.Length > Shared ? Rune.GetRuneAt(Least, Shared).Value : ' ';
        int? high = Through is not null && Through.Length > Shared && SharedLength(Cursor, Through) >= Shared
            ? Rune.GetRuneAt(Through, Shared).Value
            : null;
        if (Middle(low, high) is { } middle) return Cursor[..Shared] + new Rune(middle).ToString();
        // Nothing is between the two characters: what begins with the lower one, and the rest.
        return Least.Length > Shared ? Least[..(Shared + new Rune(low).Utf16SequenceLength)] + Last : null;
    }

    private static int? Middle(int low, int? high)
    {
        if (low < 0x80)
        {
            var usual = Hexadecimal.Contains((char)low, StringComparison.Ordinal) ? Among(Hexadecimal, low, high) : null;
            usual ??= Among(Alphanumeric, low, high);
            if (usual is not null) return usual;
        }

        // All code points that are characters; without a limit, the next 4,096, which hold most scripts.
        var middle = low + (((high ?? Math.Min(low + 0x1000, 0x10FFFD)) - low) / 2);
        if (!Rune.IsValid(middle)) middle = 0xE000;
        return middle > low && (high is null || middle < high) ? middle : null;
    }

    private static int? Among(string alphabet, int low, int? high)
    {
        var first = 0;
        while (first < alphabet.Length && alphabet[first] <= low) first++;
        var end = first;
        while (end < alphabet.Length && (high is null || alphabet[end] < high)) end++;
        return first == end ? null : alphabet[(first + end) / 2];
    }
}
