using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>Headers as they go out.</summary>
/// <param name="Fields">The headers that are signed.</param>
/// <param name="Authorization">Their signature; null for an anonymous request.</param>
internal readonly record struct SignedHeaders(HeaderField[] Fields, string? Authorization)
{
    /// <summary>Whose signature it is; null for an anonymous request.</summary>
    public string? AccessKeyId { get; init; }

    public override string ToString() => "SignedHeaders";
}
