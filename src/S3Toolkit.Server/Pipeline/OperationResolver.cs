namespace S3Toolkit.Server.Pipeline;

/// <summary>Method, target, query and headers to the operation: a pure function, and all that S3 routes by.</summary>
internal static class OperationResolver
{
    public static ResolvedOperation Resolve(string method, S3Target target, S3QueryCollection query, S3HeaderCollection headers)
    {
        if (!target.HasBucket) return OfService(method);
        if (method == "OPTIONS") return new(S3Operation.NotImplemented, "CorsPreflight");
        if (Subresources.Refuse(method, target.HasKey, query) is { } refused) return refused;
        return target.HasKey ? OfObject(method, query, headers) : OfBucket(method, query);
    }

    private static ResolvedOperation OfService(string method) =>
        method is "GET" or "HEAD" ? S3Operation.ListBuckets : S3Operation.MethodNotAllowed;

    private static ResolvedOperation OfBucket(string method, S3QueryCollection query) => method switch
    {
        "GET" => OfBucketGet(query),
        "HEAD" => S3Operation.HeadBucket,
        "PUT" when query.Contains("versioning") => S3Operation.PutBucketVersioning,
        "PUT" when query.Contains("tagging") => S3Operation.PutBucketTagging,
        "PUT" => S3Operation.CreateBucket,
        "DELETE" when query.Contains("tagging") => S3Operation.DeleteBucketTagging,
        "DELETE" => S3Operation.DeleteBucket,
        "POST" when query.Contains("delete") => S3Operation.DeleteObjects,
        "POST" => S3Operation.PostObject,
        _ => S3Operation.MethodNotAllowed,
    };

    private static ResolvedOperation OfBucketGet(S3QueryCollection query)
    {
        if (query.Contains("location")) return S3Operation.GetBucketLocation;
        if (query.Contains("versioning")) return S3Operation.GetBucketVersioning;
        if (query.Contains("tagging")) return S3Operation.GetBucketTagging;
        if (query.Contains("versions")) return S3Operation.ListObjectVersions;
        if (query.Contains("uploads")) return S3Operation.ListMultipartUploads;
        return query["list-type"] == "2" ? S3Operation.ListObjectsV2 : S3Operation.ListObjects;
    }

    private static ResolvedOperation OfObject(string method, S3QueryCollection query, S3HeaderCollection headers) => method switch
    {
        "GET" when query.Contains("uploadId") => S3Operation.ListParts,
        "GET" when query.Contains("attributes") => S3Operation.GetObjectAttributes,
        "GET" when query.Contains("tagging") => S3Operation.GetObjectTagging,
        "GET" => S3Operation.GetObject,
        "HEAD" => S3Operation.HeadObject,
        "PUT" when query.Contains("uploadId") || query.Contains("partNumber") =>
            headers.Contains("x-amz-copy-source") ? S3Operation.UploadPartCopy : S3Operation.UploadPart,
        "PUT" when query.Contains("tagging") => S3Operation.PutObjectTagging,
        "PUT" => headers.Contains("x-amz-copy-source") ? S3Operation.CopyObject : S3Operation.PutObject,
        "POST" when query.Contains("uploads") => S3Operation.CreateMultipartUpload,
        "POST" when query.Contains("uploadId") => S3Operation.CompleteMultipartUpload,
        "DELETE" when query.Contains("uploadId") => S3Operation.AbortMultipartUpload,
        "DELETE" when query.Contains("tagging") => S3Operation.DeleteObjectTagging,
        "DELETE" => S3Operation.DeleteObject,
        _ => S3Operation.MethodNotAllowed,
    };
}
