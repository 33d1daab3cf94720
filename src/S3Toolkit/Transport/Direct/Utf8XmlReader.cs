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

    private static ReadOnlySpan<byte> SectionStart => "<![CDATA["u8;

    private static ReadOnlySpan<byte> SectionEnd => "]]>"u8;

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

    public bool ReadBoolean() => Ascii.EqualsIgnoreCase(ReadTrimmed(), "true"u8);

    public long ReadInt64()
    {
        var text = ReadTrimmed();
        return Utf8Parser.TryParse(text, out long value, out var read) && read == text.Length
            ? value
            : throw Unreadable("a number is expected");
    }

    public int ReadInt32() => ReadInt64() is >= int.MinValue and <= int.MaxValue and var value
        ? (int)value
        : throw Unreadable("a smaller number is expected");

    /// <summary>The text of the current element as its bytes; references are not resolved.</summary>
    public ReadOnlySpan<byte> ReadRawText()
    {
        if (_isEmptyElement)
        {
            Close();
            return [];
        }

        var text = ReadPiece();
        if (_position + 1 >= _xml.Length || _xml[_position + 1] != (byte)'/') return ReadRest(text);
        ReadTag();
        return text;
    }

    /// <summary>A text in several pieces: comments and instructions are passed over, sections are text as they are.</summary>
    private ReadOnlySpan<byte> ReadRest(ReadOnlySpan<byte> first)
    {
        var depth = Depth;
        var text = new ArrayBufferWriter<byte>();
        text.Write(first);
        while (true)
        {
            var rest = _xml[_position..];
            if (rest.StartsWith(SectionStart))
            {
                var length = rest[SectionStart.Length..].IndexOf(SectionEnd);
                if (length < 0) throw Unreadable("it ends within a section");
                if (Depth == depth) WriteEscaped(text, rest.Slice(SectionStart.Length, length));
                _position += SectionStart.Length + length + SectionEnd.Length;
            }
            else if (TryReadTag(out _))
            {
                // An element within a text is not S3's; it is passed over.
                if (_isEmptyElement) Close();
                if (Depth < depth) return text.WrittenSpan;
            }

            var piece = ReadPiece();
            if (Depth == depth) text.Write(piece);
        }
    }

    /// <summary>What stands before the next mark-up.</summary>
    private ReadOnlySpan<byte> ReadPiece()
    {
        var length = _xml[_position..].IndexOf((byte)'<');
        if (length < 0) throw Unreadable(Depth == 0 ? "there is no element" : "it ends within an element");
        var piece = _xml.Slice(_position, length);
        _position += length;
        return piece;
    }

    private ReadOnlySpan<byte> ReadTrimmed() => ReadRawText().Trim(" \t\r\n"u8);

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
            ReadPiece();
            if (TryReadTag(out var isStart)) return isStart;
        }
    }

    /// <summary>Reads the mark-up that begins here; false when it was no tag.</summary>
    private bool TryReadTag(out bool isStart)
    {
        isStart = false;
        if (++_position >= _xml.Length) throw Unreadable("it ends within a tag");
        switch (_xml[_position])
        {
            case (byte)'?':
                SkipPast("?>"u8);
                return false;
            case (byte)'!' when _xml[_position..].StartsWith("!--"u8):
                _position += "!--".Length;
                SkipPast("-->"u8);
                return false;
            case (byte)'!' when _xml[(_position - 1)..].StartsWith(SectionStart):
                SkipPast(SectionEnd);
                return false;
            case (byte)'!':
                throw Unreadable("it has a document type");
            case (byte)'/':
                SkipPast(">"u8);
                Close();
                return true;
            default:
                Open();
                return isStart = true;
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

    /// <summary>What is text as it is, among text whose references are still to be resolved.</summary>
    private static void WriteEscaped(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> literal)
    {
        for (var at = literal.IndexOf((byte)'&'); at >= 0; at = literal.IndexOf((byte)'&'))
        {
            text.Write(literal[..at]);
            text.Write("&amp;"u8);
            literal = literal[(at + 1)..];
        }

        text.Write(literal);
    }

    private static string Decode(ReadOnlySpan<byte> text) => WebUtility.HtmlDecode(Encoding.UTF8.GetString(text));

    private readonly FormatException Unreadable(string why) => new($"The document cannot be read near byte {_position}: {why}.");
}
