namespace S3Toolkit.Server.Pipeline;

/// <summary>The answer of an operation on its way to the wire.</summary>
internal sealed class S3Response(int status)
{
    public int Status { get; } = status;

    public S3HeaderCollection Headers { get; } = [];

    /// <summary>Null when the answer has none.</summary>
    public ResponseBody? Body { get; init; }

    /// <summary>The length in bytes that a HEAD answer tells of the body it does not have; null = no body at all.</summary>
    public long? HeadLength { get; init; }

    /// <summary>The code of the error that this answer tells of; null when it tells of none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Adds a header, unless its value is null or empty.</summary>
    public S3Response Header(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) Headers.Add(name, value);
        return this;
    }

    public static S3Response Ok() => new(200);

    public static S3Response NoContent() => new(204);

    public static S3Response Xml(ReadOnlyMemory<byte> document, int status = 200) =>
        new S3Response(status) { Body = new BytesResponseBody(document) }.Header("Content-Type", "application/xml");
}
