using System.Text;
using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>A request of the direct transport before it is addressed and signed. What is null is left out.</summary>
internal sealed class DirectRequest(HttpMethod method, string bucketName, string? key = null)
{
    private HeaderFields _signed;
    private HeaderFields _headers;
    private HeaderFields _contentHeaders;
    private string _query = "";

    public HttpMethod Method => method;

    public string BucketName => bucketName;

    public string? Key => key;

    /// <summary>The query as it is sent, without the question mark.</summary>
    public string RawQuery => _query;

    /// <summary>The body; null for none.</summary>
    public RequestBody? Body { get; private set; }

    public BodyChecksum Checksum { get; private set; }

    /// <summary>Whether a header tells a key of the caller's.</summary>
    public bool HasSecret { get; private set; }

    /// <summary>Whether the request asks for an object, so that an answer of any type may be what was asked for.</summary>
    public bool IsRead => key is not null && (method == HttpMethod.Get || method == HttpMethod.Head);

    /// <summary>Headers that S3 wants to be signed: all of <c>x-amz-*</c>, names in lower case.</summary>
    public ReadOnlySpan<HeaderField> Signed => _signed.Span;

    public ReadOnlySpan<HeaderField> Headers => _headers.Span;

    /// <summary>Headers about the body, which HttpClient keeps apart.</summary>
    public ReadOnlySpan<HeaderField> ContentHeaders => _contentHeaders.Span;

    /// <summary>A parameter without a value, such as <c>uploads</c>.</summary>
    public DirectRequest Flag(string name)
    {
        _query = _query.Length == 0 ? name + "=" : $"{_query}&{name}=";
        return this;
    }

    public DirectRequest Query(string name, string? value)
    {
        if (value is null) return this;
        _query = _query.Length == 0 ? $"{name}={S3UriEncoding.EncodeQuery(value)}" : $"{_query}&{name}={S3UriEncoding.EncodeQuery(value)}";
        return this;
    }

    public DirectRequest Amz(string lowerCaseName, string? value)
    {
        if (value is not null) _signed.Add(lowerCaseName, value);
        return this;
    }

    /// <summary>
    /// A header of the object's own. Of names that differ in case only, which are one in HTTP, the last one counts.
    /// </summary>
    public DirectRequest Metadata(string lowerCaseName, string value)
    {
        _signed.Set(lowerCaseName, value);
        return this;
    }

    /// <summary>A header that nobody on the way may read.</summary>
    public DirectRequest Secret(string lowerCaseName, string value)
    {
        HasSecret = true;
        return Amz(lowerCaseName, value);
    }

    public DirectRequest Header(string name, string? value)
    {
        if (value is not null) _headers.Add(name, value);
        return this;
    }

    public DirectRequest ContentHeader(string name, string? value)
    {
        if (value is not null) _contentHeaders.Add(name, value);
        return this;
    }

    public DirectRequest With(RequestBody body, BodyChecksum checksum = BodyChecksum.WhenSupported)
    {
        (Body, Checksum) = (body, checksum);
        return this;
    }

    /// <summary>Without secrets and without the query, which may name an upload.</summary>
    public override string ToString() => new StringBuilder(method.Method).Append(' ').Append(bucketName).Append('/').Append(key).ToString();
}
