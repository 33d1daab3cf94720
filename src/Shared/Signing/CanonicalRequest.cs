namespace S3Toolkit.Signing;

/// <summary>The request as both sides of a signature read it.</summary>
internal readonly ref struct CanonicalRequest
{
    public required ReadOnlySpan<char> Method { get; init; }

    /// <summary>The path as sent: percent-encoded once, starting with a slash.</summary>
    public required ReadOnlySpan<char> RawPath { get; init; }

    /// <summary>The query as sent, without the question mark.</summary>
    public ReadOnlySpan<char> RawQuery { get; init; }

    /// <summary>The headers that are signed, after <see cref="CanonicalHeaders.Sort"/>.</summary>
    public required ReadOnlySpan<HeaderField> SortedHeaders { get; init; }

    /// <summary>The value of <c>x-amz-content-sha256</c>, or <c>UNSIGNED-PAYLOAD</c> for a presigned request.</summary>
    public required ReadOnlySpan<char> PayloadHash { get; init; }

    /// <summary>Writes the six parts of the canonical request.</summary>
    public void AppendTo(ref SigningBuffer buffer)
    {
        buffer.Append(Method);
        buffer.Append((byte)'\n');
        if (RawPath.IsEmpty) buffer.Append((byte)'/');
        S3UriEncoding.AppendCanonical(ref buffer, RawPath, keepSlash: true);
        buffer.Append((byte)'\n');
        CanonicalQuery.Append(ref buffer, RawQuery, SigV4.SignatureParameter);
        buffer.Append((byte)'\n');
        CanonicalHeaders.Append(ref buffer, SortedHeaders);
        buffer.Append((byte)'\n');
        CanonicalHeaders.AppendNames(ref buffer, SortedHeaders, ";"u8);
        buffer.Append((byte)'\n');
        buffer.Append(PayloadHash);
    }
}
