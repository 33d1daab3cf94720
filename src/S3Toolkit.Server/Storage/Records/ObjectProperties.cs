namespace S3Toolkit.Server.Storage;

/// <summary>What is stored beside the bytes and given back with them.</summary>
internal sealed record ObjectProperties
{
    public static readonly ObjectProperties Empty = new();

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentLanguage { get; init; }

    public string? ContentDisposition { get; init; }

    public string? CacheControl { get; init; }

    public string? Expires { get; init; }

    public string? WebsiteRedirectLocation { get; init; }

    public string StorageClass { get; init; } = "STANDARD";

    /// <summary>User metadata, names in lower case without their x-amz-meta- prefix.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    public EncryptionRecord Encryption { get; init; } = EncryptionRecord.S3Managed;
}
