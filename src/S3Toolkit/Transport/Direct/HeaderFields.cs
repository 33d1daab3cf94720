using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>A list of headers that costs nothing while it is empty.</summary>
internal struct HeaderFields
{
    private HeaderField[]? _fields;
    private int _count;

    public readonly ReadOnlySpan<HeaderField> Span => _fields.AsSpan(0, _count);

    /// <summary>Adds a header, or replaces the one of its name.</summary>
    public void Set(string name, string value)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_fields![i].Name != name) continue;
            _fields[i] = new HeaderField(name, value);
            return;
        }

        Add(name, value);
    }

    public void Add(string name, string value)
    {
        if (_fields is null) _fields = new HeaderField[4];
        else if (_count == _fields.Length) Array.Resize(ref _fields, _count * 2);
        _fields[_count++] = new HeaderField(name, value);
    }
}
