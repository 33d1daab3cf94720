using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>Where the requests of a bucket go: an address that ends in the bucket, in its host or in its path.</summary>
/// <param name="Origin">Scheme, host and port, such as <c>https://bucket.s3.eu-west-1.amazonaws.com</c>.</param>
/// <param name="Path">What comes before the key's slash: empty, or <c>/bucket</c>.</param>
/// <param name="Host">The header <c>Host</c>, which is signed.</param>
/// <param name="Region">The region of the signature.</param>
internal sealed record DirectEndpoint(string Origin, string Path, string Host, string Region)
{
    /// <summary>Whether nobody can read along: the way is encrypted, or never leaves the machine.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>Whether a body may go without being part of the signature.</summary>
    public required bool CanSendUnsigned { get; init; }

    public static DirectEndpoint Of(Uri address, string region, bool allowUnsignedOverHttp)
    {
        var isPrivate = address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            || address.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        // IdnHost leaves out the brackets of an IPv6 address, without which its end cannot be told from the port.
        var name = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        var host = address.IsDefaultPort ? name : $"{name}:{address.Port}";
        return new DirectEndpoint(address.GetLeftPart(UriPartial.Authority), address.AbsolutePath.TrimEnd('/'), host, region)
        {
            IsPrivate = isPrivate, CanSendUnsigned = isPrivate || allowUnsignedOverHttp,
        };
    }

    /// <summary>
    /// The endpoint that a 307 names; null when it must not be followed: who may read along here must not read along there.
    /// </summary>
    public DirectEndpoint? MovedTo(Uri location)
    {
        var isWeb = location.Scheme == Uri.UriSchemeHttps || location.Scheme == Uri.UriSchemeHttp;
        if (!isWeb) return null;
        var path = location.AbsolutePath.StartsWith(Path + "/", StringComparison.Ordinal) ? Path : "";
        var other = Of(new Uri(location.GetLeftPart(UriPartial.Authority)), Region, allowUnsignedOverHttp: !IsPrivate && CanSendUnsigned);
        return IsPrivate && !other.IsPrivate ? null : other with { Path = path };
    }

    /// <summary>The path of a request as it is sent; nothing in a key is normalised.</summary>
    public string PathOf(string? key) => key is null ? Path + "/" : $"{Path}/{S3UriEncoding.EncodePath(key)}";
}
