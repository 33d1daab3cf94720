using System.Globalization;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>Puts the stream over a request's body that its payload hash asks for.</summary>
internal static class RequestBody
{
    public static AuthenticatedRequest Attach(
        S3HttpRequest request, PayloadHash payload, ChunkSignatureChain? chain, S3Identity identity, AuthenticationSettings settings)
    {
        if (payload.IsStreaming) return AttachChunked(request, payload, chain, identity, settings);

        return new AuthenticatedRequest
        {
            Identity = identity,
            Body = payload.Kind == PayloadHashKind.Single ? Verifying(request, payload.Text) : request.Body,
            DecodedContentLength = request.ContentLength,
        };
    }

    private static AuthenticatedRequest AttachChunked(
        S3HttpRequest request, PayloadHash payload, ChunkSignatureChain? chain, S3Identity identity, AuthenticationSettings settings)
    {
        if (!long.TryParse(
            request.Headers["x-amz-decoded-content-length"], NumberStyles.None, CultureInfo.InvariantCulture, out long decodedLength))
        {
            throw S3Errors.MissingContentLength().ToException();
        }

        S3HeaderCollection trailers = [];
        var frame = new AwsChunkedFrame
        {
            DecodedLengthBytes = decodedLength,
            Chain = chain,
            AccessKeyId = identity.AccessKeyId ?? "",
            HasTrailer = payload.HasTrailer,
            DeclaredTrailers = DeclaredTrailers(request.Headers["x-amz-trailer"]),
            Trailers = trailers,
            Settings = settings,
        };
        return new AuthenticatedRequest
        {
            Identity = identity,
            Body = new AwsChunkedStream(request.Body, frame),
            DecodedContentLength = decodedLength,
            Trailers = trailers,
            IsAwsChunked = true,
        };
    }

    private static Stream Verifying(S3HttpRequest request, string sha256)
    {
        if (request.ContentLength != 0) return new Sha256VerifyingStream(request.Body, sha256, request.ContentLength);

        // Nobody reads a body that is not there, so what is claimed of it is judged at once.
        if (sha256.Equals(PayloadHash.EmptySha256, StringComparison.OrdinalIgnoreCase)) return request.Body;
        throw S3Errors.ContentSha256Mismatch(sha256, PayloadHash.EmptySha256).ToException();
    }

    private static string[] DeclaredTrailers(string? header) => header is null
        ? []
        : header.ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
