using System.Net;
using S3Toolkit.Server.Authentication.Version2;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Access;

/// <summary>What conditions can ask of a request, beside the caller and the target.</summary>
/// <param name="Headers">The headers of HTTP, which a browser sets for a form too.</param>
/// <param name="Query">The query.</param>
/// <param name="IsHttps">The connection is encrypted.</param>
/// <param name="Now">The server's time.</param>
internal sealed record RequestFacts(S3HeaderCollection Headers, S3QueryCollection Query, bool IsHttps, DateTimeOffset Now)
{
    /// <summary>The fields of a form, which stand for the headers of S3 there; null when it is none.</summary>
    public S3HeaderCollection? Fields { get; init; }

    /// <summary>Where the headers of S3 are: conditions, encryption, locks and all that begins with x-amz-.</summary>
    public S3HeaderCollection OfS3 => Fields ?? Headers;

    /// <summary>The address that it came from.</summary>
    public IPAddress RemoteAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The version of TLS; null when the connection is not encrypted.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>How it was signed; null when it was not.</summary>
    public SignatureFacts? Signature { get; init; }

    /// <summary>How long ago it was signed, by the clock that judges such signatures; null when the signature does not tell.</summary>
    public TimeSpan? SignatureAge { get; init; }

    public static RequestFacts Of(OperationContext context, S3HeaderCollection? fields = null) => new(
        context.Request.Headers, context.Request.Query, context.Request.IsHttps, context.Server.Clock.GetUtcNow())
    {
        Fields = fields,
        RemoteAddress = context.Request.RemoteAddress,
        TlsVersion = context.Request.TlsVersion,
        Signature = fields is null ? context.Authenticated.Signature : OfForm(context, fields),
        SignatureAge = fields is null ? AgeOf(context, context.Authenticated.Signature) : null,
    };

    /// <summary>
    /// A header is signed by the machine's clock and judged by it; a presigned request expires by the server's, which tests move.
    /// </summary>
    private static TimeSpan? AgeOf(OperationContext context, SignatureFacts? signature)
    {
        if (signature?.Time is not { } time) return null;
        TimeProvider clock = signature.AuthType == SignatureFacts.Header ? context.Server.SigningClock : context.Server.Clock;
        return clock.GetUtcNow() - time;
    }

    private static SignatureFacts? OfForm(OperationContext context, S3HeaderCollection fields) => context.Caller.IsAnonymous
        ? null
        : new SignatureFacts(fields[SigV4.AlgorithmParameter] ?? SigV2.Scheme, SignatureFacts.Form, null);
}
