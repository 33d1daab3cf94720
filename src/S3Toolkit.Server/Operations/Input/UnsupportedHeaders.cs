using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>
/// Headers that protect an object or open it to others, which this server does not do: refused, because an answer of success would be
/// a lie about it.
/// </summary>
internal static class UnsupportedHeaders
{
    private const string GrantPrefix = "x-amz-grant-";

    private static readonly string[] OfObjects =
    [
        "x-amz-object-lock-event-hold", "x-amz-object-lock-event-hold-duration-days", "x-amz-object-lock-event-hold-duration-years",
        "x-amz-write-offset-bytes",
    ];

    /// <summary>For what writes an object.</summary>
    /// <exception cref="S3ErrorException">NotImplemented, or AccessControlListNotSupported: ACLs are off, S3's default.</exception>
    public static void CheckObject(S3HeaderCollection headers)
    {
        if (Array.Find(OfObjects, headers.Contains) is { } unsupported) throw S3Errors.NotImplemented(unsupported).ToException();
        if (HasAcl(headers, "x-amz-acl")) throw S3Errors.AccessControlListNotSupported().ToException();
    }

    /// <summary>For a POST form, whose field for the ACL has a name of its own.</summary>
    /// <exception cref="S3ErrorException">As for <see cref="CheckObject"/>.</exception>
    public static void CheckForm(S3HeaderCollection fields)
    {
        CheckObject(fields);
        if (HasAcl(fields, "acl")) throw S3Errors.AccessControlListNotSupported().ToException();
    }

    /// <summary>For the making of a bucket.</summary>
    /// <exception cref="S3ErrorException">NotImplemented or InvalidBucketAclWithObjectOwnership.</exception>
    public static void CheckBucket(S3HeaderCollection headers)
    {
        if (HasAcl(headers, "x-amz-acl")) throw S3Errors.InvalidBucketAclWithObjectOwnership().ToException();
    }

    /// <summary>What gives nobody but the owner anything changes nothing and is accepted, as on S3.</summary>
    private static bool HasAcl(S3HeaderCollection headers, string header)
    {
        if (headers[header] is { } acl && acl is not ("private" or "bucket-owner-full-control")) return true;
        foreach ((string name, _) in headers)
        {
            if (name.StartsWith(GrantPrefix, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
