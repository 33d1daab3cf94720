using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>Signs a request as its client should have, and compares. A mismatch shows what was signed here, as S3 does.</summary>
internal static class SignatureVerification
{
    /// <param name="request">The request.</param>
    /// <param name="claim">What it says of its signature.</param>
    /// <param name="signingKey">The key of the claimed scope.</param>
    /// <param name="amzDate">The time that was signed.</param>
    /// <param name="payloadHash">What the signature says of the payload.</param>
    /// <param name="signature">Receives the signature: the seed of a chunk chain.</param>
    /// <exception cref="S3ErrorException">SignatureDoesNotMatch.</exception>
    public static void Verify(
        S3HttpRequest request, SigV4Authorization claim, byte[] signingKey, string amzDate, string payloadHash, Span<byte> signature)
    {
        var canonical = new SigningBuffer(stackalloc byte[2048]);
        var stringToSign = new SigningBuffer(stackalloc byte[256]);
        new CanonicalRequest
        {
            Method = request.Method,
            RawPath = request.RawPath,
            RawQuery = request.RawQuery,
            SortedHeaders = SignedHeaders.Collect(request.Headers, claim),
            PayloadHash = payloadHash,
        }.AppendTo(ref canonical);
        SigV4.AppendStringToSign(ref stringToSign, amzDate, claim.Scope, canonical.Written);
        SigV4.Sign(signingKey, stringToSign.Written, signature);

        S3Error? error = SigV4.SignatureEquals(signature, claim.Signature)
            ? null
            : Mismatch(claim.AccessKeyId, claim.Signature, stringToSign.Written, canonical.Written);
        stringToSign.Dispose();
        canonical.Dispose();
        if (error is not null) throw error.ToException();
    }

    /// <summary>The error of a wrong signature: what was given, and what was signed here, as text and as bytes.</summary>
    public static S3Error Mismatch(
        string accessKeyId, string given, ReadOnlySpan<byte> stringToSign, ReadOnlySpan<byte> canonicalRequest = default)
    {
        S3Error error = S3Errors.SignatureDoesNotMatch(accessKeyId, Text(stringToSign))
            .With("SignatureProvided", given).With("StringToSignBytes", Bytes(stringToSign));
        return canonicalRequest.IsEmpty
            ? error
            : error.With("CanonicalRequest", Text(canonicalRequest)).With("CanonicalRequestBytes", Bytes(canonicalRequest));
    }

    private static string Text(ReadOnlySpan<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8);

    private static string Bytes(ReadOnlySpan<byte> utf8) => Convert.ToHexStringLower(utf8).Chunk(2)
        .Aggregate(new System.Text.StringBuilder(), (text, pair) => (text.Length == 0 ? text : text.Append(' ')).Append(pair)).ToString();
}
