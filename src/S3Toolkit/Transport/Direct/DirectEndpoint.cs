using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>Where the requests of a bucket go: an address that ends in the bucket, in its host or in its path.</summary>
/// <param name="Origin">Scheme, host and port, such as <c>https://bucket.s3.eu-west-1.amazonaws.com</c>.</param>
/// <param name="Path">What comes before the key's slash: empty, or <c>/bucket</c>.</param>
/// <param name="Host">The header <c>Host</c>, which is signed.</param>
/// <param name="Region">The region of the signature.</param>
internal sealed record DirectEndpoint(string Origin, string Path, string Host, string Region)
{
    /// <summary>Whether a body may go unsigned: it is encrypted on the way, or never leaves the machine.</summary>
    public required bool CanSendUnsigned { get; init; }

    public static DirectEndpoint Of(Uri address, string region, bool allowUnsignedOverHttp) => new(
        address.GetLeftPart(UriPartial.Authority), address.AbsolutePath.TrimEnd('/'),
        address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}", region)
    {
        CanSendUnsigned = allowUnsignedOverHttp || address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            || address.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>The path of a request as it is sent; nothing in a key is normalised.</summary>
    public string PathOf(string? key) => key is null ? Path + "/" : $"{Path}/{S3UriEncoding.EncodePath(key)}";
}
