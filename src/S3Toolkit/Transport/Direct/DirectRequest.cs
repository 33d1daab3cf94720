using System.Text;
using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>A request of the direct transport before it is addressed and signed. What is null is left out.</summary>
internal sealed class DirectRequest(HttpMethod method, string bucketName, string? key = null)
{
    private readonly List<HeaderField> _signed = new(8);
    private List<HeaderField>? _headers;
    private List<HeaderField>? _contentHeaders;
    private string _query = "";

    public HttpMethod Method => method;

    public string BucketName => bucketName;

    public string? Key => key;

    /// <summary>The query as it is sent, without the question mark.</summary>
    public string RawQuery => _query;

    /// <summary>The body; null for none.</summary>
    public RequestBody? Body { get; private set; }

    public BodyChecksum Checksum { get; private set; }

    /// <summary>Whether an answer with a page of HTML may be what was asked for.</summary>
    public bool AnswerMayBePage => key is not null && (method == HttpMethod.Get || method == HttpMethod.Head);

    /// <summary>Headers that S3 wants to be signed: all of <c>x-amz-*</c>, names in lower case.</summary>
    public IReadOnlyList<HeaderField> Signed => _signed;

    public IReadOnlyList<HeaderField> Headers => _headers ?? (IReadOnlyList<HeaderField>)[];

    /// <summary>Headers about the body, which HttpClient keeps apart.</summary>
    public IReadOnlyList<HeaderField> ContentHeaders => _contentHeaders ?? (IReadOnlyList<HeaderField>)[];

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
        if (value is not null) _signed.Add(new HeaderField(lowerCaseName, value));
        return this;
    }

    public DirectRequest Header(string name, string? value)
    {
        if (value is not null) (_headers ??= []).Add(new HeaderField(name, value));
        return this;
    }

    public DirectRequest ContentHeader(string name, string? value)
    {
        if (value is not null) (_contentHeaders ??= []).Add(new HeaderField(name, value));
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
