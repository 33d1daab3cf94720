using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>Headers as they go out.</summary>
/// <param name="Fields">The headers that are signed.</param>
/// <param name="Authorization">Their signature; null for an anonymous request.</param>
internal readonly record struct SignedHeaders(HeaderField[] Fields, string? Authorization)
{
    public override string ToString() => "SignedHeaders";
}
