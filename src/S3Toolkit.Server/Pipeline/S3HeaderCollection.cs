using System.Collections;

namespace S3Toolkit.Server.Pipeline;

/// <summary>
/// Headers in the order of arrival, case-insensitive, several values a name. A request has about ten: a list that is searched
/// beats a dictionary, and the order is kept for signatures and for answers.
/// </summary>
internal sealed class S3HeaderCollection : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _items = new(16);

    public int Count => _items.Count;

    /// <summary>The value of a header; several values are joined with a comma, as HTTP and SigV4 read them; null when absent.</summary>
    public string? this[string name]
    {
        get
        {
            string? found = null;
            foreach (KeyValuePair<string, string> item in _items)
            {
                if (!item.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
                found = found is null ? item.Value : found + "," + item.Value;
            }
            return found;
        }
    }

    public void Add(string name, string value) => _items.Add(new(name, value));

    /// <summary>Replaces all values of a header by one.</summary>
    public void Set(string name, string value)
    {
        Remove(name);
        Add(name, value);
    }

    public void Remove(string name) => _items.RemoveAll(item => item.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    public bool Contains(string name) => this[name] is not null;

    public List<KeyValuePair<string, string>>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
