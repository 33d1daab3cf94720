using System.Buffers;
using System.Globalization;
using System.Text;

namespace S3Toolkit.Transport.Direct;

/// <summary>Text of XML.</summary>
internal static class XmlText
{
    // A carriage return that stands as such would be read as a line feed (XML 1.0, section 2.11).
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"\r\n\t");

    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Special)) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var each in text)
        {
            _ = each switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\r' or '\n' or '\t' => escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)each};"),
                _ => escaped.Append(each),
            };
        }

        return escaped.ToString();
    }
}
