namespace S3Toolkit.Server.Pipeline;

/// <summary>What authentication makes of a request: who asks, and a body that verifies itself while it is read.</summary>
internal sealed record AuthenticatedRequest
{
    public required S3Identity Identity { get; init; }

    /// <summary>
    /// The payload: aws-chunked framing taken off, chunk signatures and the payload's hash verified. A body that does not hold
    /// what was signed throws <see cref="S3ErrorException"/> at the latest where it would have returned its end (0 bytes).
    /// </summary>
    public required Stream Body { get; init; }

    /// <summary>
    /// The length in bytes of <see cref="Body"/>: x-amz-decoded-content-length of a chunked body, else Content-Length; null = unknown.
    /// </summary>
    public required long? DecodedContentLength { get; init; }

    /// <summary>The trailers, filled once <see cref="Body"/> was read to its end; empty before, and when there are none.</summary>
    public S3HeaderCollection Trailers { get; init; } = [];

    /// <summary>The region of the credential scope; null when anonymous.</summary>
    public string? SigningRegion { get; init; }

    /// <summary>How it was signed; null when anonymous.</summary>
    public SignatureFacts? Signature { get; init; }

    /// <summary>The body came aws-chunked: that part of Content-Encoding belongs to the wire and is not stored with the object.</summary>
    public bool IsAwsChunked { get; init; }

    /// <summary>A request whose signature does not matter.</summary>
    public static AuthenticatedRequest Anonymous(S3HttpRequest request) => new()
    {
        Identity = S3Identity.Anonymous, Body = request.Body, DecodedContentLength = request.ContentLength,
    };
}
