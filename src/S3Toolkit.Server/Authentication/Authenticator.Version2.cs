using System.Globalization;
using S3Toolkit.Server.Authentication.Version2;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>This file: signature version 2, which is refused unless the server is told to take it.</summary>
internal sealed partial class Authenticator
{
    private AuthenticatedRequest AuthenticateHeaderV2(S3HttpRequest request)
    {
        RequireVersion2();
        string value = request.Headers["authorization"]!;
        int space = value.IndexOf(' ', StringComparison.Ordinal), colon = value.LastIndexOf(':');
        if (space < 0 || colon <= space + 1 || colon == value.Length - 1)
        {
            // Its value is not repeated: it may hold a signature.
            throw S3Errors.InvalidArgument("AWS authorization header is invalid.  Expected AwsAccessKeyId:signature", "Authorization")
                .ToException();
        }

        DateTimeOffset time = HttpTime.Parse(request.Headers[SigV4.DateHeader] ?? request.Headers["date"])
            ?? throw SignatureDate.Missing().ToException();
        S3Credential credential = FindCredential(value[(space + 1)..colon].Trim(), request.Headers[SigV4.SecurityTokenHeader]);
        RequireFresh(time, request);
        RequireSignatureV2(credential, request, expires: null, value[(colon + 1)..].Trim());
        return AttachV2(request, credential) with { Signature = new SignatureFacts(SigV2.Scheme, SignatureFacts.Header, time) };
    }

    private AuthenticatedRequest AuthenticatePresignedV2(S3HttpRequest request)
    {
        RequireVersion2();
        if (request.Query[SigV2.KeyParameter] is not { } accessKeyId || request.Query[SigV2.SignatureParameter] is not { } signature
            || request.Query[SigV2.ExpiresParameter] is not { } expires)
        {
            throw S3Errors.AccessDenied(
                "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters").ToException();
        }

        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            throw S3Errors.AccessDenied("Invalid date (should be seconds since epoch): " + expires).ToException();
        }

        // In the header's form it takes the secret's owner to send it; a URL goes through many hands.
        if (StringToSignV2.UnsignedSubresource(request.Query) is { } name)
            throw S3Errors.AccessDenied($"A presigned URL of signature version 2 does not cover the parameter '{name}'.").ToException();

        S3Credential credential = FindCredential(
            accessKeyId, request.Query["x-amz-security-token"] ?? request.Headers[SigV4.SecurityTokenHeader]);
        RequireNotExpired(DateTimeOffset.FromUnixTimeSeconds(seconds));
        RequireSignatureV2(credential, request, expires, signature);
        return AttachV2(request, credential) with { Signature = new SignatureFacts(SigV2.Scheme, SignatureFacts.Query, null) };
    }

    /// <summary>The identity behind a form's policy that was signed by version 2.</summary>
    private S3Identity VerifyPolicySignatureV2(S3PostForm form)
    {
        RequireVersion2();
        foreach (string name in (string[])[SigV2.KeyParameter, "Policy", SigV2.SignatureParameter])
        {
            if (string.IsNullOrEmpty(Field(form, name))) throw MissingPostField(name).ToException();
        }

        S3Credential credential = FindCredential(Field(form, SigV2.KeyParameter)!, Field(form, SigV4.SecurityTokenHeader));
        RequireSignatureV2(credential, Field(form, "Policy")!, Field(form, SigV2.SignatureParameter)!);
        return credential.Identity;
    }

    private AuthenticatedRequest AttachV2(S3HttpRequest request, S3Credential credential)
    {
        // Version 2 says nothing of the payload; newer clients of it still send their trailers.
        string? text = request.Headers[SigV4.ContentSha256Header]
            ?? (request.Headers.Contains("x-amz-trailer") ? "STREAMING-UNSIGNED-PAYLOAD-TRAILER" : null);
        PayloadHash payload = text is null ? PayloadHash.Unsigned : ParsePayloadHash(text);
        if (payload.HasSignedChunks) throw S3Errors.AccessDenied().ToException(); // there is no key that chunks could be signed with
        return RequestBody.Attach(request, payload, chain: null, credential.Identity, settings);
    }

    private void RequireVersion2()
    {
        if (!settings.AllowVersion2) throw SignatureScheme.Version2().ToException();
    }

    private void RequireNotExpired(DateTimeOffset expiry)
    {
        DateTimeOffset now = serverClock.GetUtcNow();
        if (now <= expiry) return;
        throw S3Errors.PresignedRequestHasExpired(SignatureDate.Display(expiry), SignatureDate.Display(now)).ToException();
    }

    private void RequireSignatureV2(S3Credential credential, S3HttpRequest request, string? expires, string given)
    {
        string? hostBucket = HostBucket(request);
        bool isBare = StringToSignV2.IsBareBucket(request, hostBucket);
        if (isBare && SigV2.IsSignature(credential.SecretAccessKey, StringToSignV2.Of(request, hostBucket, expires), given)) return;
        RequireSignatureV2(credential, StringToSignV2.Of(request, hostBucket, expires, endsBucket: true), given);
    }

    private static void RequireSignatureV2(S3Credential credential, string stringToSign, string given)
    {
        if (SigV2.IsSignature(credential.SecretAccessKey, stringToSign, given)) return;
        throw SignatureVerification.Mismatch(credential.AccessKeyId, given, System.Text.Encoding.UTF8.GetBytes(stringToSign))
            .ToException();
    }

    private string? HostBucket(S3HttpRequest request)
    {
        S3Target target = TargetParser.Parse(request.Headers["host"], request.RawPath, settings.BaseDomains);
        return target.IsVirtualHosted ? target.BucketName : null;
    }
}
