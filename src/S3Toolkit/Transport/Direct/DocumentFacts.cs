namespace S3Toolkit.Transport.Direct;

/// <summary>What the short documents of copies, parts and completions say of an object.</summary>
internal readonly record struct DocumentFacts(string? ETag, DateTimeOffset? LastModified, ObjectChecksum? Checksum, string? UploadId)
{
    /// <exception cref="FormatException">The text is no document of S3.</exception>
    public static DocumentFacts Read(ReadOnlySpan<byte> xml)
    {
        var facts = default(DocumentFacts);
        var reader = new Utf8XmlReader(xml);
        if (!reader.ReadRoot()) return facts;
        while (reader.ReadChild(1))
        {
            if (reader.Name.SequenceEqual("ETag"u8)) facts = facts with { ETag = reader.ReadText() };
            else if (reader.Name.SequenceEqual("LastModified"u8)) facts = facts with { LastModified = DocumentTime.Read(ref reader) };
            else if (reader.Name.SequenceEqual("UploadId"u8)) facts = facts with { UploadId = reader.ReadText() };
            else if (DocumentChecksum.FunctionOf(reader.Name) is { } function)
                facts = facts with { Checksum = AnswerHeaders.Stronger(facts.Checksum, function, reader.ReadText()) };
        }

        return facts;
    }
}
