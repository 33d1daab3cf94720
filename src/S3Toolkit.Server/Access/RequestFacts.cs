using System.Net;
using S3Toolkit.Server.Authentication.Version2;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Access;

/// <summary>What conditions can ask of a request, beside the caller and the target.</summary>
/// <param name="Headers">The headers; of a POST form its fields.</param>
/// <param name="Query">The query.</param>
/// <param name="IsHttps">The connection is encrypted.</param>
/// <param name="Now">The server's time.</param>
internal sealed record RequestFacts(S3HeaderCollection Headers, S3QueryCollection Query, bool IsHttps, DateTimeOffset Now)
{
    /// <summary>The headers are the fields of a form.</summary>
    public bool IsForm { get; init; }

    /// <summary>The address that it came from.</summary>
    public IPAddress RemoteAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The version of TLS; null when the connection is not encrypted.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>How it was signed; null when it was not.</summary>
    public SignatureFacts? Signature { get; init; }

    public static RequestFacts Of(OperationContext context, S3HeaderCollection? fields = null, bool isForm = false) => new(
        fields ?? context.Request.Headers, context.Request.Query, context.Request.IsHttps, context.Server.Clock.GetUtcNow())
    {
        IsForm = isForm,
        RemoteAddress = context.Request.RemoteAddress,
        TlsVersion = context.Request.TlsVersion,
        Signature = isForm ? OfForm(context, fields!) : context.Authenticated.Signature,
    };

    private static SignatureFacts? OfForm(OperationContext context, S3HeaderCollection fields) => context.Caller.IsAnonymous
        ? null
        : new SignatureFacts(fields[SigV4.AlgorithmParameter] ?? SigV2.Scheme, SignatureFacts.Form, null);
}
