namespace S3Toolkit.Server.Pipeline;

/// <summary>What S3 answers when it does not do what was asked: a value on its way to XML.</summary>
/// <param name="Code">The S3 error code, such as NoSuchKey.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">AWS's message, for people.</param>
internal sealed record S3Error(string Code, int Status, string Message)
{
    /// <summary>Further elements of the error document, in order, such as Key or BucketName.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];

    /// <summary>Further response headers, such as x-amz-delete-marker or Content-Range.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body was not read to its end, or its framing is broken: the connection cannot carry another request.</summary>
    public bool ClosesConnection { get; init; }

    public S3Error With(string element, string? value) => value is null ? this : this with { Details = [.. Details, new(element, value)] };

    public S3Error WithHeader(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };

    public S3ErrorException ToException() => new(this);
}
