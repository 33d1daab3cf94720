using System.Text;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Headers to what is stored beside the bytes.</summary>
internal static class PropertiesReader
{
    private const string MetadataPrefix = "x-amz-meta-";

    /// <summary>What S3 calls bytes of which it knows nothing.</summary>
    private const string DefaultContentType = "binary/octet-stream";

    private static readonly string[] StorageClasses =
    [
        "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR",
    ];

    public static ObjectProperties Read(S3HeaderCollection headers, OperationContext context)
    {
        string storageClass = headers["x-amz-storage-class"] ?? "STANDARD";
        if (!StorageClasses.Contains(storageClass)) throw S3Errors.InvalidStorageClass(storageClass).ToException();
        return new ObjectProperties
        {
            ContentType = Value(headers, "Content-Type") is { Length: > 0 } contentType ? contentType : DefaultContentType,
            ContentEncoding = AwsChunkedEncoding.Strip(Value(headers, "Content-Encoding")),
            ContentLanguage = Value(headers, "Content-Language"),
            ContentDisposition = Value(headers, "Content-Disposition"),
            CacheControl = Value(headers, "Cache-Control"),
            Expires = Value(headers, "Expires"),
            WebsiteRedirectLocation = RedirectLocation(Value(headers, "x-amz-website-redirect-location")),
            StorageClass = storageClass,
            Metadata = Metadata(headers, context.Options.MaxMetadataBytes),
            Encryption = EncryptionReader.Read(headers, context),
        };
    }

    /// <summary>S3: up to 2 KiB.</summary>
    private static string? RedirectLocation(string? location)
    {
        if (location is null) return null;
        bool isValid = location.StartsWith('/') || location.StartsWith("http://", StringComparison.Ordinal)
            || location.StartsWith("https://", StringComparison.Ordinal);
        return isValid && location.Length <= 2048 ? location : throw S3Errors.InvalidRedirectLocation().ToException();
    }

    private static string? Value(S3HeaderCollection headers, string name)
    {
        string? value = headers[name];
        if (value is not null) HeaderText.CheckValue(value, name);
        return value;
    }

    private static List<KeyValuePair<string, string>> Metadata(S3HeaderCollection headers, int maxBytes)
    {
        List<KeyValuePair<string, string>> metadata = [];
        long bytes = 0;
        foreach ((string header, string value) in headers)
        {
            if (!header.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            string name = header[MetadataPrefix.Length..].ToLowerInvariant();
            HeaderText.CheckName(name, header);
            HeaderText.CheckValue(value, header);
            bytes += name.Length + Encoding.UTF8.GetByteCount(value);
            int same = metadata.FindIndex(item => item.Key == name);
            if (same >= 0) metadata[same] = new(name, metadata[same].Value + "," + value);
            else metadata.Add(new(name, value));
        }
        if (bytes > maxBytes) throw S3Errors.MetadataTooLarge(bytes, maxBytes).ToException();
        return metadata;
    }
}
