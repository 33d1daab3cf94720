using System.Collections;

namespace S3Toolkit.Server.Pipeline;

/// <summary>Query parameters, percent-decoded, in the order sent, names case-sensitive as S3 has them.</summary>
internal sealed class S3QueryCollection : IEnumerable<KeyValuePair<string, string>>
{
    public static readonly S3QueryCollection Empty = new([]);

    private readonly List<KeyValuePair<string, string>> _items;

    private S3QueryCollection(List<KeyValuePair<string, string>> items) => _items = items;

    public int Count => _items.Count;

    /// <summary>The first value of a parameter: "" when sent without one, null when absent.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, string> item in _items)
            {
                if (item.Key.Equals(name, StringComparison.Ordinal)) return item.Value;
            }
            return null;
        }
    }

    public bool Contains(string name) => this[name] is not null;

    /// <summary>Reads a raw query without its '?'. A '+' is a space, as browsers and S3 read it.</summary>
    public static S3QueryCollection Parse(string rawQuery)
    {
        if (rawQuery.Length == 0) return Empty;
        List<KeyValuePair<string, string>> items = [];
        foreach (Range range in rawQuery.AsSpan().Split('&'))
        {
            ReadOnlySpan<char> pair = rawQuery.AsSpan()[range];
            if (pair.IsEmpty) continue;
            int equals = pair.IndexOf('=');
            items.Add(equals < 0
                ? new(Decode(pair), "")
                : new(Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
        }
        return new(items);
    }

    public List<KeyValuePair<string, string>>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Decode(ReadOnlySpan<char> text) =>
        text.IndexOfAny('%', '+') < 0 ? text.ToString() : Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
}
