using System.Buffers;
using System.Globalization;
using System.Text;

namespace S3Toolkit.Server.Wire;

/// <summary>Writes an S3 document as UTF-8 in one growing buffer. Names are ours and plain ASCII; values are escaped.</summary>
internal sealed class S3XmlWriter
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>Escaped in text. Control characters become references, as S3 writes them, although XML 1.0 has no such thing.</summary>
    private static readonly SearchValues<char> Special =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n')).Select(c => (char)c), '&', '<', '>', '"',
            '\ufffe', '\uffff']);

    private readonly ArrayBufferWriter<byte> _output;

    public S3XmlWriter(int sizeHint = 512)
    {
        _output = new ArrayBufferWriter<byte>(sizeHint);
        _output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
    }

    public ReadOnlyMemory<byte> ToMemory() => _output.WrittenMemory;

    /// <summary>Starts the document's root, in S3's namespace.</summary>
    public void Root(string name)
    {
        Raw("<");
        Raw(name);
        Raw(" xmlns=\"" + Namespace + "\">");
    }

    public void Start(string name)
    {
        Raw("<");
        Raw(name);
        Raw(">");
    }

    /// <summary>Starts an element that names its type, as XML Schema has it.</summary>
    public void StartTyped(string name, string type)
    {
        Raw("<");
        Raw(name);
        Raw(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"");
        Raw(type);
        Raw("\">");
    }

    public void End(string name)
    {
        Raw("</");
        Raw(name);
        Raw(">");
    }

    /// <summary>Writes an element; a null value writes nothing.</summary>
    public void Element(string name, string? value)
    {
        if (value is null) return;
        Start(name);
        Value(value);
        End(name);
    }

    public void Element(string name, long value) => Element(name, value.ToString(CultureInfo.InvariantCulture));

    public void Element(string name, bool value) => Element(name, value ? "true" : "false");

    public void Element(string name, DateTimeOffset value) => Element(name, WireTime.ToIso8601(value));

    /// <summary>Writes escaped text into the open element.</summary>
    public void Value(ReadOnlySpan<char> value)
    {
        while (!value.IsEmpty)
        {
            int special = value.IndexOfAny(Special);
            if (special < 0)
            {
                Raw(value);
                return;
            }
            Raw(value[..special]);
            Raw(value[special] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                char c => string.Create(CultureInfo.InvariantCulture, $"&#x{(int)c:x};"),
            });
            value = value[(special + 1)..];
        }
    }

    private void Raw(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, _output);
}
