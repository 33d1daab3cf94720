using Amazon.S3;

namespace S3Toolkit.Server.Tests.Docs;

/// <summary>The operations that the SDK can call, by the names that S3's documentation gives them.</summary>
internal static class SdkOperations
{
    /// <summary>Names of the .NET SDK's own.</summary>
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["CopyPart"] = "UploadPartCopy",
        ["DeleteCORSConfiguration"] = "DeleteBucketCors",
        ["DeleteLifecycleConfiguration"] = "DeleteBucketLifecycle",
        ["GetBucketNotification"] = "GetBucketNotificationConfiguration",
        ["GetCORSConfiguration"] = "GetBucketCors",
        ["GetLifecycleConfiguration"] = "GetBucketLifecycleConfiguration",
        ["GetObjectMetadata"] = "HeadObject",
        ["InitiateMultipartUpload"] = "CreateMultipartUpload",
        ["ListVersions"] = "ListObjectVersions",
        ["PutBucket"] = "CreateBucket",
        ["PutBucketNotification"] = "PutBucketNotificationConfiguration",
        ["PutCORSConfiguration"] = "PutBucketCors",
        ["PutLifecycleConfiguration"] = "PutBucketLifecycleConfiguration",
    };

    /// <summary>What is in the SDK and no operation of a bucket's server, with the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotOfThisServer = new Dictionary<string, string>
    {
        ["CreatePresignedPost"] = "computed by the client",
        ["GetACL"] = "the older name of GetBucketAcl and GetObjectAcl",
        ["GetPreSignedURL"] = "computed by the client",
        ["ListDirectoryBuckets"] = "of the control endpoint of directory buckets, and on the wire the request of ListBuckets",
        ["PutACL"] = "the older name of PutBucketAcl and PutObjectAcl",
        ["WriteGetObjectResponse"] = "of S3 Object Lambda's own endpoint",
    };

    public static IEnumerable<string> Names { get; } =
        from method in typeof(IAmazonS3).GetMethods()
        where method.Name.EndsWith("Async", StringComparison.Ordinal)
        let name = method.Name[..^"Async".Length]
        where method.GetParameters().Any(parameter => parameter.ParameterType.Name == name + "Request")
        select Renamed.GetValueOrDefault(name, name);
}
