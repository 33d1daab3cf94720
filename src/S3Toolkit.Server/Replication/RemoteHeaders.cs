using System.Globalization;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Replication;

/// <summary>What is stored beside the bytes as the headers of a request that writes them.</summary>
internal static class RemoteHeaders
{
    public static HeaderField[] Identity(ObjectRecord source) =>
    [
        new(ReplicaHeaders.Version, source.VersionId),
        new(ReplicaHeaders.Modified, source.LastModified.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ];

    public static List<HeaderField> Of(ObjectRecord source, ReplicationDestinationRecord destination, DateTimeOffset now)
    {
        ObjectProperties properties = source.Properties;
        List<HeaderField> headers = [.. Identity(source)];
        Add("content-type", properties.ContentType);
        Add("content-encoding", properties.ContentEncoding);
        Add("content-language", properties.ContentLanguage);
        Add("content-disposition", properties.ContentDisposition);
        Add("cache-control", properties.CacheControl);
        Add("expires", properties.Expires);
        Add("x-amz-website-redirect-location", properties.WebsiteRedirectLocation);
        Add("x-amz-storage-class", destination.StorageClass ?? properties.StorageClass);
        if (source.Tags.Count > 0) Add("x-amz-tagging", string.Join('&', source.Tags.Select(Encode)));
        foreach ((string name, string value) in properties.Metadata) Add("x-amz-meta-" + name, value);
        // What has ended protects nothing, and S3 takes no date that is past.
        if (source.Lock?.Retention is { } retention && retention.RetainUntil > now)
        {
            Add("x-amz-object-lock-mode", LockText.Of(retention.Mode));
            Add("x-amz-object-lock-retain-until-date", WireTime.ToIso8601(retention.RetainUntil));
        }
        if (source.Lock?.LegalHold is { } hold) Add("x-amz-object-lock-legal-hold", LockText.OfHold(hold));
        Encryption(properties.Encryption);
        return headers;

        void Add(string name, string? value)
        {
            if (value is not null) headers.Add(new(name, value));
        }

        void Encryption(EncryptionRecord encryption)
        {
            if (encryption.SealedKey is null) return;
            Add("x-amz-server-side-encryption", encryption.Algorithm);
            if (encryption.KmsKeyId is not null) Add("x-amz-server-side-encryption-aws-kms-key-id", destination.KmsKeyId);
        }
    }

    private static string Encode(TagRecord tag) => $"{S3UriEncoding.EncodeQuery(tag.Key)}={S3UriEncoding.EncodeQuery(tag.Value)}";
}
