using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Pipeline;

/// <summary>An <see cref="S3Error"/> as the answer that AWS would send.</summary>
internal static class ErrorResponses
{
    public static S3Response Of(S3Error error, S3HttpRequest request, string requestId)
    {
        bool hasNoBody = request.Method == "HEAD" || error.Status == 304;
        S3Response response = new(error.Status)
        {
            ErrorCode = error.Code,
            Body = hasNoBody ? null : new BytesResponseBody(Document(error, request.RawPath, requestId)),
        };
        foreach ((string name, string value) in error.Headers) response.Header(name, value);
        if (!hasNoBody) response.Header("Content-Type", "application/xml");
        return error.ClosesConnection ? response.Header("Connection", "close") : response;
    }

    public static ReadOnlyMemory<byte> Document(S3Error error, string resource, string requestId)
    {
        S3XmlWriter writer = new();
        writer.Start("Error");
        writer.Element("Code", error.Code);
        writer.Element("Message", error.Message);
        foreach ((string name, string value) in error.Details) writer.Element(name, value);
        writer.Element("Resource", resource);
        writer.Element("RequestId", requestId);
        writer.Element("HostId", "S3Toolkit.Server");
        writer.End("Error");
        return writer.ToMemory();
    }
}
