using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>A list of headers that costs nothing while it is empty.</summary>
internal struct HeaderFields
{
    private HeaderField[]? _fields;
    private int _count;

    public readonly ReadOnlySpan<HeaderField> Span => _fields.AsSpan(0, _count);

    public void Add(string name, string value)
    {
        if (_fields is null) _fields = new HeaderField[4];
        else if (_count == _fields.Length) Array.Resize(ref _fields, _count * 2);
        _fields[_count++] = new HeaderField(name, value);
    }
}
