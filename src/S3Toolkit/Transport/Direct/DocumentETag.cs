using System.Text;

namespace S3Toolkit.Transport.Direct;

/// <summary>The ETags in documents: quoted, the quotes mostly as references.</summary>
internal static class DocumentETag
{
    public static ETag? Read(ref Utf8XmlReader reader)
    {
        var text = reader.ReadRawText();
        if (text.StartsWith("&quot;"u8) && text.EndsWith("&quot;"u8) && text.Length > 12) text = text[6..^6];
        else if (text.Length > 2 && text[0] == '"' && text[^1] == '"') text = text[1..^1];
        var value = Encoding.UTF8.GetString(text);
        if (text.IndexOf((byte)'&') >= 0) value = System.Net.WebUtility.HtmlDecode(value);
        return ETag.FromNullable(value);
    }
}
