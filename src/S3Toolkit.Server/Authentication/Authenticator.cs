using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>The signature stage: who asks, and a body that verifies itself. This file: headers and presigned queries.</summary>
/// <param name="credentials">The access keys that the server knows.</param>
/// <param name="settings">How strict, and the limits.</param>
/// <param name="serverClock">Decides when a presigned request or a policy expires; tests move it.</param>
/// <param name="signingClock">Judges the age of signatures: the machine's clock, because that is what SDKs sign with.</param>
internal sealed partial class Authenticator(
    ICredentialStore credentials, AuthenticationSettings settings, TimeProvider serverClock, TimeProvider signingClock) : IAuthenticator
{
    private readonly SigningKeyCache _keys = new();

    public ValueTask<AuthenticatedRequest> AuthenticateAsync(S3HttpRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AuthenticatedRequest authenticated = SignatureScheme.Of(request) switch
        {
            SignatureSchemeKind.Header => AuthenticateHeader(request),
            SignatureSchemeKind.Presigned => AuthenticatePresigned(request),
            SignatureSchemeKind.HeaderV2 => AuthenticateHeaderV2(request),
            SignatureSchemeKind.PresignedV2 => AuthenticatePresignedV2(request),
            _ => AuthenticateAnonymous(request),
        };
        return ValueTask.FromResult(authenticated);
    }

    private AuthenticatedRequest AuthenticateAnonymous(S3HttpRequest request)
    {
        PayloadHash? payload = request.Headers[SigV4.ContentSha256Header] is { } text ? ParsePayloadHash(text) : null;
        if (payload is { HasSignedChunks: true }) throw S3Errors.AccessDenied().ToException();
        return RequestBody.Attach(request, payload ?? PayloadHash.Unsigned, chain: null, S3Identity.Anonymous, settings);
    }

    private AuthenticatedRequest AuthenticateHeader(S3HttpRequest request)
    {
        string? problem = AuthorizationHeader.Parse(request.Headers["authorization"] ?? "", out SigV4Authorization? claim);
        if (claim is null) throw HeaderMalformed(problem ?? "");

        (string amzDate, DateTimeOffset time) = SignatureDate.Of(request.Headers);
        if (!amzDate.StartsWith(claim.Scope.Date, StringComparison.Ordinal))
        {
            throw HeaderMalformed(
                $"Invalid credential date \"{claim.Scope.Date}\". This date is not the same as X-Amz-Date: \"{amzDate[..8]}\".");
        }

        S3Credential credential = FindCredential(claim.AccessKeyId, request.Headers[SigV4.SecurityTokenHeader]);
        SignedHeaders.RequireComplete(request.Headers, claim);
        string payloadText = request.Headers[SigV4.ContentSha256Header]
            ?? throw S3Errors.MissingHeader(SigV4.ContentSha256Header).ToException();
        PayloadHash payload = ParsePayloadHash(payloadText);
        RequireFresh(time, request);
        return Verify(request, claim, credential, amzDate, payload) with
        {
            Signature = new SignatureFacts(SigV4.Algorithm, SignatureFacts.Header, time),
        };
    }

    private AuthenticatedRequest AuthenticatePresigned(S3HttpRequest request)
    {
        string? problem = PresignedQuery.Parse(name => request.Query[name], out PresignedQuery? presigned);
        if (presigned is null) throw S3Errors.AuthorizationQueryParametersError(problem ?? "").ToException();

        SigV4Authorization claim = presigned.Authorization;
        S3Credential credential = FindCredential(
            claim.AccessKeyId, request.Query[SigV4.SecurityTokenParameter] ?? request.Headers[SigV4.SecurityTokenHeader]);
        SignedHeaders.RequireComplete(request.Headers, claim);
        RequireNotExpired(presigned);

        // Some SDKs move the header into the query; without either, a presigned request says nothing of its payload.
        string payloadText = request.Query["X-Amz-Content-Sha256"] ?? request.Headers[SigV4.ContentSha256Header]
            ?? PayloadHash.UnsignedText;
        AuthenticatedRequest verified = Verify(request, claim, credential, presigned.AmzDate, ParsePayloadHash(payloadText));
        PresignedMetadata.AddTo(request);
        return verified with { Signature = new SignatureFacts(SigV4.Algorithm, SignatureFacts.Query, presigned.Time) };
    }

    private AuthenticatedRequest Verify(
        S3HttpRequest request, SigV4Authorization claim, S3Credential credential, string amzDate, PayloadHash payload)
    {
        byte[] signingKey = _keys.Get(credential.SecretAccessKey, claim.Scope);
        Span<byte> signature = stackalloc byte[SigV4.SignatureLength];
        SignatureVerification.Verify(request, claim, signingKey, amzDate, payload.Text, signature);

        ChunkSignatureChain? chain = payload.HasSignedChunks ? new ChunkSignatureChain(signingKey, amzDate, claim.Scope, signature) : null;
        return RequestBody.Attach(request, payload, chain, credential.Identity, settings) with { SigningRegion = claim.Scope.Region };
    }

    private S3Credential FindCredential(string accessKeyId, string? sessionToken)
    {
        S3Credential credential = credentials.Find(accessKeyId) ?? throw S3Errors.InvalidAccessKeyId(accessKeyId).ToException();
        if (credential.SessionToken is null && sessionToken is null) return credential;

        // A temporary key without its token is to AWS a key that does not exist.
        if (sessionToken is null) throw S3Errors.InvalidAccessKeyId(accessKeyId).ToException();
        if (!ConstantTime.Equals(credential.SessionToken, sessionToken)) throw S3Errors.InvalidToken().ToException();
        return credential;
    }

    private void RequireFresh(DateTimeOffset time, S3HttpRequest request)
    {
        DateTimeOffset now = signingClock.GetUtcNow() + request.ClockSkew;
        if ((now - time).Duration() <= settings.MaxClockSkew) return;

        string requestTime = request.Headers[SigV4.DateHeader] ?? request.Headers["date"] ?? "";
        throw S3Errors.RequestTimeTooSkewed(requestTime, SignatureDate.Display(now), settings.MaxClockSkew).ToException();
    }

    private void RequireNotExpired(PresignedQuery presigned)
    {
        if (presigned.Time - signingClock.GetUtcNow() > settings.MaxClockSkew) throw S3Errors.PresignedRequestNotYetValid().ToException();

        DateTimeOffset now = serverClock.GetUtcNow();
        if (now < presigned.Expiry) return;
        throw S3Errors.PresignedRequestHasExpired(
            SignatureDate.Display(presigned.Expiry), SignatureDate.Display(now), presigned.LifetimeSeconds).ToException();
    }

    private static PayloadHash ParsePayloadHash(string text)
    {
        if (!PayloadHash.TryParse(text, out PayloadHash payload)) throw S3Errors.InvalidContentSha256(text).ToException();
        if (payload.IsEcdsa) throw S3Errors.NotImplemented(text).ToException();
        return payload;
    }

    private static S3ErrorException HeaderMalformed(string problem) =>
        S3Errors.AuthorizationHeaderMalformed("The authorization header is malformed; " + problem).ToException();
}
