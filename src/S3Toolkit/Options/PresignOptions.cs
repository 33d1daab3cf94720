using System.Collections.ObjectModel;

namespace S3Toolkit;

/// <summary>What a presigned request does.</summary>
public enum PresignedOperation
{
    /// <summary>Reads the object.</summary>
    Get,

    /// <summary>Writes the object; the body is not part of the signature.</summary>
    Put,

    /// <summary>Deletes the object.</summary>
    Delete,

    /// <summary>Asks for the object's headers.</summary>
    Head,
}

/// <summary>Options of <see cref="IObjectStore.PresignAsync"/>.</summary>
public sealed record PresignOptions : S3CallOptions
{
    /// <summary>The longest time that a presigned request can live: 7 days, a limit of SigV4.</summary>
    public static readonly TimeSpan MaxExpiresIn = TimeSpan.FromDays(7);

    /// <summary>What the request does.</summary>
    /// <value>The default is <see cref="PresignedOperation.Get"/>.</value>
    public PresignedOperation Operation { get; init; }

    /// <summary>How long the request works from now on, 1 second to <see cref="MaxExpiresIn"/>.</summary>
    /// <value>The default is 1 hour, as <c>aws s3 presign</c> has it.</value>
    public TimeSpan ExpiresIn { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The version to read or delete.</summary>
    /// <value>The default is null: the current one.</value>
    public string? VersionId { get; init; }

    /// <summary>The content type that a <see cref="PresignedOperation.Put"/> must send.</summary>
    /// <value>The default is null: any.</value>
    public string? ContentType { get; init; }

    /// <summary>
    /// More headers that must be sent with just these values, such as <c>If-None-Match</c>, <c>x-amz-expected-bucket-owner</c> or
    /// <c>x-amz-meta-…</c>.
    /// </summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The <c>Content-Disposition</c> that the answer to a <see cref="PresignedOperation.Get"/> carries.</summary>
    /// <value>The default is null: the object's own.</value>
    public string? ResponseContentDisposition { get; init; }

    /// <summary>The <c>Content-Type</c> that the answer to a <see cref="PresignedOperation.Get"/> carries.</summary>
    /// <value>The default is null: the object's own.</value>
    public string? ResponseContentType { get; init; }
}

/// <summary>Options of <see cref="IObjectStore.PresignPostAsync"/>.</summary>
public sealed record PresignPostOptions : S3CallOptions
{
    /// <summary>How long the form works from now on, 1 second to <see cref="PresignOptions.MaxExpiresIn"/>.</summary>
    /// <value>The default is 1 hour.</value>
    public TimeSpan ExpiresIn { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether the key is a prefix, to which the sender adds a name of its own.</summary>
    /// <value>The default is false: the key is fixed.</value>
    public bool KeyIsPrefix { get; init; }

    /// <summary>The content type that must be sent.</summary>
    /// <value>The default is null: none may be sent.</value>
    public string? ContentType { get; init; }

    /// <summary>The smallest body in bytes that is taken.</summary>
    /// <value>The default is 0.</value>
    public long MinContentLengthBytes { get; init; }

    /// <summary>The largest body in bytes that is taken.</summary>
    /// <value>The default is null: what the server takes.</value>
    public long? MaxContentLengthBytes { get; init; }

    /// <summary>More form fields with fixed values, such as <c>success_action_status</c> or <c>x-amz-meta-…</c>.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
