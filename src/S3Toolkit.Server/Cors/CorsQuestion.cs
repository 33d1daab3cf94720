using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Cors;

/// <summary>What a browser says of the page behind a request.</summary>
/// <param name="Origin">Scheme, host and port of the page.</param>
/// <param name="Method">The method that it will use, or uses.</param>
/// <param name="Headers">The headers that it will send; a question names them, a request does not.</param>
internal sealed record CorsQuestion(string Origin, string? Method, IReadOnlyList<string> Headers)
{
    public const string OriginHeader = "Origin";

    /// <summary>Null when the request comes from no page. S3 reads the headers of a question on any other request as well.</summary>
    public static CorsQuestion? Of(S3HttpRequest request)
    {
        if (request.Headers[OriginHeader] is not { } origin) return null;
        string? method = request.Headers["Access-Control-Request-Method"] ?? (request.Method == "OPTIONS" ? null : request.Method);
        string headers = request.Headers["Access-Control-Request-Headers"] ?? "";
        return new CorsQuestion(
            origin, method, headers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
