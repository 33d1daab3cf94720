using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Cors;

/// <summary>What a browser says of the page behind a request.</summary>
/// <param name="Origin">Scheme, host and port of the page.</param>
/// <param name="Method">The method that it will use, or uses.</param>
/// <param name="Headers">The headers that it will send; a question names them, a request does not.</param>
internal sealed record CorsQuestion(string Origin, string? Method, IReadOnlyList<string> Headers)
{
    public const string OriginHeader = "Origin";

    /// <summary>No page sends so many. Bounds the comparisons that a question costs, which nobody signs.</summary>
    private const int MaxHeaders = 100;

    /// <summary>
    /// The answer, which repeats it, could be sent: no browser asks otherwise, and no rule, be it of wildcards, is about such a question.
    /// </summary>
    public bool IsWellFormed { get; private init; } = true;

    /// <summary>Null when the request comes from no page. S3 reads the headers of a question on any other request as well.</summary>
    public static CorsQuestion? Of(S3HttpRequest request)
    {
        if (request.Headers[OriginHeader] is not { } origin) return null;
        string? method = request.Headers["Access-Control-Request-Method"] ?? (request.Method == "OPTIONS" ? null : request.Method);
        string text = request.Headers["Access-Control-Request-Headers"] ?? "";
        bool isShort = text.AsSpan().Count(',') < MaxHeaders;
        string[] headers = isShort ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
        bool isWellFormed = isShort && !origin.AsSpan().ContainsAnyExceptInRange('!', '~')
            && Array.TrueForAll(headers, static name => HeaderText.IsToken(name));
        return new CorsQuestion(origin, method, headers) { IsWellFormed = isWellFormed };
    }
}
