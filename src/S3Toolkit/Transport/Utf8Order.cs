namespace S3Toolkit.Transport;

/// <summary>
/// The order of S3's keys: by UTF-8 bytes. It differs from the order of .NET's UTF-16 units where surrogates (U+D800 to U+DFFF, which
/// stand for U+10000 and up) meet U+E000 to U+FFFF.
/// </summary>
internal static class Utf8Order
{
    public static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length) return left.Length.CompareTo(right.Length);
        var (a, b) = (left[common], right[common]);
        // A surrogate stands for a code point above all others of the basic plane.
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
