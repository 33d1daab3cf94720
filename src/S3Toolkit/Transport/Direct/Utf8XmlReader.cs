using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Text;

namespace S3Toolkit.Transport.Direct;

/// <summary>
/// Reads the documents of S3 forward, from their bytes: elements and their texts. Attributes, comments and instructions are passed over, a
/// document type is refused. It checks no more than it must to read right; what it cannot read is a <see cref="FormatException"/>.
/// </summary>
internal ref struct Utf8XmlReader(ReadOnlySpan<byte> xml)
{
    private static readonly SearchValues<byte> EndOfName = SearchValues.Create(" \t\r\n/>"u8);

    private readonly ReadOnlySpan<byte> _xml = xml;
    private int _position;
    private bool _isEmptyElement;

    /// <summary>The local name of the element whose start was read last.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>How many elements are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Goes to the root element; false when there is none.</summary>
    public bool ReadRoot() => ReadTag() && Depth > 0;

    /// <summary>
    /// Goes to the next element inside the one at <paramref name="depth"/>, over whatever is left of the one before; false at its end.
    /// </summary>
    /// <exception cref="FormatException">The document ends before.</exception>
    public bool ReadChild(int depth)
    {
        while (true)
        {
            var isStart = ReadTag();
            if (!isStart && Depth < depth) return false;
            if (isStart && Depth == depth + 1) return true;
        }
    }

    /// <summary>The text of the current element, decoded; the element is closed by it.</summary>
    public string ReadText()
    {
        var text = ReadRawText();
        return text.IndexOf((byte)'&') < 0 ? Encoding.UTF8.GetString(text) : Decode(text);
    }

    public bool ReadBoolean() => ReadRawText().SequenceEqual("true"u8);

    public long ReadInt64()
    {
        var text = ReadRawText();
        return Utf8Parser.TryParse(text, out long value, out var read) && read == text.Length
            ? value
            : throw Unreadable("a number is expected");
    }

    /// <summary>The text of the current element as its bytes; references and sections are not resolved.</summary>
    public ReadOnlySpan<byte> ReadRawText()
    {
        if (_isEmptyElement)
        {
            Close();
            return [];
        }

        var start = _position;
        var depth = Depth;
        var end = _xml[start..].IndexOf((byte)'<');
        if (end < 0) throw Unreadable("it ends within an element");
        _position = start + end;
        var text = _xml.Slice(start, end);
        while (ReadTag() || Depth >= depth)
        {
            // an element within a text is not S3's
        }

        return text;
    }

    /// <summary>Goes to the next start or end of an element; true for a start.</summary>
    private bool ReadTag()
    {
        if (_isEmptyElement)
        {
            Close();
            return false;
        }

        while (true)
        {
            var next = _position >= _xml.Length ? -1 : _xml[_position..].IndexOf((byte)'<');
            if (next < 0) throw Unreadable(Depth == 0 ? "there is no element" : "it ends within an element");
            _position += next + 1;
            if (_position >= _xml.Length) throw Unreadable("it ends within a tag");
            switch (_xml[_position])
            {
                case (byte)'?':
                    SkipPast("?>"u8);
                    break;
                case (byte)'!' when _xml[_position..].StartsWith("!--"u8):
                    SkipPast("-->"u8);
                    break;
                case (byte)'!':
                    throw Unreadable("it has a document type or a section");
                case (byte)'/':
                    SkipPast(">"u8);
                    Close();
                    return false;
                default:
                    Open();
                    return true;
            }
        }
    }

    private void Open()
    {
        var rest = _xml[_position..];
        var length = rest.IndexOfAny(EndOfName);
        if (length < 1) throw Unreadable("a tag has no name");
        var name = rest[..length];
        var colon = name.IndexOf((byte)':');
        Name = colon < 0 ? name : name[(colon + 1)..];
        _position += length;
        _isEmptyElement = SkipAttributes();
        Depth++;
    }

    /// <summary>To the end of a start tag; whether the element ends with it. A value may hold what looks like the end.</summary>
    private bool SkipAttributes()
    {
        while (_position < _xml.Length)
        {
            var value = _xml[_position++];
            if (value == (byte)'>') return _xml[_position - 2] == (byte)'/';
            if (value is not ((byte)'"' or (byte)'\'')) continue;
            var end = _xml[_position..].IndexOf(value);
            if (end < 0) break;
            _position += end + 1;
        }

        throw Unreadable("it ends within a tag");
    }

    private void Close()
    {
        _isEmptyElement = false;
        if (--Depth < 0) throw Unreadable("it closes more than it opened");
    }

    private void SkipPast(ReadOnlySpan<byte> end)
    {
        var at = _xml[_position..].IndexOf(end);
        if (at < 0) throw Unreadable("it ends within a tag");
        _position += at + end.Length;
    }

    private static string Decode(ReadOnlySpan<byte> text) => WebUtility.HtmlDecode(Encoding.UTF8.GetString(text));

    private readonly FormatException Unreadable(string why) => new($"The document cannot be read near byte {_position}: {why}.");
}
