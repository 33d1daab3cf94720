namespace S3Toolkit;

/// <summary>
/// A request that anybody who holds it may send until it expires, with no credentials of their own. Treat it as a secret.
/// </summary>
/// <param name="Method">The HTTP method, such as <c>GET</c>.</param>
/// <param name="Uri">The address, signature included.</param>
/// <param name="RequiredHeaders">The headers that must be sent with exactly these values, since they are part of the signature.</param>
/// <param name="ExpiresAt">
/// When it stops to work: after the time asked for, or when the temporary credentials that signed it end, whichever is first.
/// </param>
public sealed record PresignedRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> RequiredHeaders, DateTimeOffset ExpiresAt)
{
    /// <summary>Names the request without its query, which holds the signature.</summary>
    /// <returns>A text that is safe to log.</returns>
    public override string ToString() => $"{Method} {Uri.GetLeftPart(UriPartial.Path)} (presigned until {ExpiresAt:u})";
}
