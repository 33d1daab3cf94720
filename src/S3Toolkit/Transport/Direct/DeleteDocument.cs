using System.Text;

namespace S3Toolkit.Transport.Direct;

/// <summary>The documents of DeleteObjects.</summary>
internal static class DeleteDocument
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ObjectIdentifier> objects)
    {
        var xml = new StringBuilder("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">", objects.Count * 64);
        foreach (var item in objects)
        {
            xml.Append("<Object>");
            Element(xml, "Key", item.Key);
            Element(xml, "VersionId", item.VersionId);
            Element(xml, "ETag", item.ETag?.Value);
            xml.Append("</Object>");
        }

        return Encoding.UTF8.GetBytes(xml.Append("</Delete>").ToString());
    }

    /// <exception cref="FormatException">The text is no such document.</exception>
    public static IReadOnlyList<DeleteResult> Read(ReadOnlySpan<byte> xml, int expected)
    {
        var results = new List<DeleteResult>(expected);
        var reader = new Utf8XmlReader(xml);
        if (!reader.ReadRoot() || !reader.Name.SequenceEqual("DeleteResult"u8))
            throw new FormatException("The document is no DeleteResult.");
        while (reader.ReadChild(1))
        {
            if (reader.Name.SequenceEqual("Deleted"u8)) results.Add(Deleted(ref reader));
            else if (reader.Name.SequenceEqual("Error"u8)) results.Add(Failed(ref reader));
        }

        return results;
    }

    private static DeleteResult Deleted(ref Utf8XmlReader reader)
    {
        string key = "";
        string? version = null, markerVersion = null;
        var isMarker = false;
        while (reader.ReadChild(2))
        {
            if (reader.Name.SequenceEqual("Key"u8)) key = reader.ReadText();
            else if (reader.Name.SequenceEqual("VersionId"u8)) version = SdkReplies.Version(reader.ReadText());
            else if (reader.Name.SequenceEqual("DeleteMarker"u8)) isMarker = reader.ReadBoolean();
            else if (reader.Name.SequenceEqual("DeleteMarkerVersionId"u8)) markerVersion = SdkReplies.Version(reader.ReadText());
        }

        return new DeleteResult(key) { VersionId = version, IsDeleteMarker = isMarker, DeleteMarkerVersionId = markerVersion };
    }

    private static DeleteResult Failed(ref Utf8XmlReader reader)
    {
        string key = "", code = "", message = "";
        string? version = null;
        while (reader.ReadChild(2))
        {
            if (reader.Name.SequenceEqual("Key"u8)) key = reader.ReadText();
            else if (reader.Name.SequenceEqual("Code"u8)) code = reader.ReadText();
            else if (reader.Name.SequenceEqual("Message"u8)) message = reader.ReadText();
            else if (reader.Name.SequenceEqual("VersionId"u8)) version = SdkReplies.Version(reader.ReadText());
        }

        var failure = new S3Error(code, message);
        return new DeleteResult(key)
        {
            VersionId = version,
            Failure = new DeleteFailure(failure.Code, failure.Message, S3ErrorClassifier.IsTransient(failure)),
        };
    }

    private static void Element(StringBuilder xml, string name, string? value)
    {
        if (value is not null) xml.Append('<').Append(name).Append('>').Append(XmlText.Escape(value)).Append("</").Append(name).Append('>');
    }
}
