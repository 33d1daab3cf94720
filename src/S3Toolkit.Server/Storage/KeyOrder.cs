namespace S3Toolkit.Server.Storage;

/// <summary>
/// The order in which S3 lists keys: by UTF-8 bytes, which is the order of code points. UTF-16 order differs: surrogates (above U+FFFF)
/// come before U+E000..U+FFFF there. Fixing up the first differing unit gives the right order with no conversion.
/// </summary>
internal sealed class KeyOrder : IComparer<string>
{
    public static readonly KeyOrder Instance = new();

    private KeyOrder()
    {
    }

    public int Compare(string? x, string? y) => CompareKeys(x ?? "", y ?? "");

    public static int CompareKeys(string x, string y)
    {
        int common = x.AsSpan().CommonPrefixLength(y);
        if (common == x.Length || common == y.Length) return x.Length.CompareTo(y.Length);
        return Rank(x[common]) - Rank(y[common]);
    }

    private static int Rank(char unit) => unit < 0xD800 ? unit : unit >= 0xE000 ? unit - 0x800 : unit + 0x2000;
}
