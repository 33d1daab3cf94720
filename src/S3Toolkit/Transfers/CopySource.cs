using System.Globalization;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>The source of a copy: what is asked about it, and what of it a copy keeps.</summary>
internal static class CopySource
{
    /// <exception cref="ObjectNotFoundException">The source does not exist.</exception>
    public static async Task<ObjectInfo> FindAsync(
        S3Caller caller, ObjectAddress source, CopyObjectOptions options, CancellationToken cancellationToken)
    {
        // The expected owner is that of the destination's bucket and is not sent here.
        var find = new FindObjectOptions
        {
            VersionId = source.VersionId,
            OnlyIfMatch = options.OnlyIfSourceMatch,
            CustomerKey = options.SourceCustomerKey,
            SdkRequestCustomizer = options.SdkRequestCustomizer,
        };
        var reply = await caller.CallAsync(
            new S3Call("HeadObject", source.BucketName, source.Key),
            (wire, attempt) => wire.Transport.HeadObjectAsync(source.BucketName, source.Key, find, attempt),
            cancellationToken).ConfigureAwait(false);
        return reply.Value;
    }

    /// <summary>The source with its version written down, so that another writer cannot change it between two parts.</summary>
    public static ObjectAddress Pin(ObjectAddress source, ObjectInfo found) =>
        found.VersionId is { } version && version != "null" ? source with { VersionId = source.VersionId ?? version } : source;

    /// <summary>
    /// The options of a copy that gets the headers of its source, save those that are set. The redirect of a website stays behind, as it
    /// does with CopyObject.
    /// </summary>
    public static TOptions WithHeadersOf<TOptions>(TOptions options, ObjectInfo source)
        where TOptions : ObjectWriteOptions => (TOptions)WithHeaders(options, source);

    private static ObjectWriteOptions WithHeaders(ObjectWriteOptions options, ObjectInfo source) => options with
    {
        ContentType = options.ContentType ?? source.ContentType,
        CacheControl = options.CacheControl ?? source.CacheControl,
        ContentDisposition = options.ContentDisposition ?? source.ContentDisposition,
        ContentEncoding = options.ContentEncoding ?? source.ContentEncoding,
        ContentLanguage = options.ContentLanguage ?? source.ContentLanguage,
        Expires = options.Expires
            ?? (DateTimeOffset.TryParse(source.Expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
                ? expires
                : null),
        Metadata = options.Metadata.Count > 0 ? options.Metadata : source.Metadata,
    };
}
