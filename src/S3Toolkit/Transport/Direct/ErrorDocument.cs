namespace S3Toolkit.Transport.Direct;

/// <summary>The document <c>Error</c> of S3.</summary>
/// <remarks>See https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.</remarks>
internal readonly record struct ErrorDocument(string? Code, string? Message, string? RequestId, string? Region)
{
    /// <summary>False when the text is no such document, or no whole one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> xml, out ErrorDocument document)
    {
        document = default;
        // Answers to HEAD, and 304, have no body: no reason for an exception.
        if (xml.IndexOf((byte)'<') < 0) return false;
        var reader = new Utf8XmlReader(xml);
        try
        {
            if (!ReadStart(ref reader)) return false;
            var depth = reader.Depth;
            while (reader.ReadChild(depth))
            {
                document = reader.Name switch
                {
                    var name when name.SequenceEqual("Code"u8) => document with { Code = reader.ReadText() },
                    var name when name.SequenceEqual("Message"u8) => document with { Message = reader.ReadText() },
                    var name when name.SequenceEqual("RequestId"u8) => document with { RequestId = reader.ReadText() },
                    var name when name.SequenceEqual("Region"u8) => document with { Region = reader.ReadText() },
                    _ => document,
                };
            }

            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Gateways, and other services of AWS, wrap the error.</summary>
    private static bool ReadStart(ref Utf8XmlReader reader)
    {
        if (!reader.ReadRoot()) return false;
        if (reader.Name.SequenceEqual("Error"u8)) return true;
        return reader.Name.SequenceEqual("ErrorResponse"u8) && reader.ReadChild(1) && reader.Name.SequenceEqual("Error"u8);
    }
}
