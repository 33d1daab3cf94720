using S3Toolkit.Server.Operations.Buckets;
using S3Toolkit.Server.Operations.Objects;

namespace S3Toolkit.Server.Operations.Catalog;

/// <summary>This file: buckets and what is listed in them.</summary>
internal static partial class OperationCatalog
{
    private static S3Operation[] OfBuckets =>
    [
        new("ListBuckets", Get, OperationScope.Service) { Action = "s3:ListAllMyBuckets", Handler = ListBuckets.InvokeAsync },
        new("CreateBucket", Put, OperationScope.Bucket)
        {
            Action = "s3:CreateBucket", Handler = CreateBucket.InvokeAsync,
            Traits = OperationTraits.TakesBody | OperationTraits.MakesBucket,
        },
        new("HeadBucket", Head, OperationScope.Bucket) { Handler = HeadBucket.InvokeAsync },
        new("DeleteBucket", Delete, OperationScope.Bucket) { Action = "s3:DeleteBucket", Handler = DeleteBucket.InvokeAsync },
        new("CreateSession", Get, OperationScope.Bucket, "session") { Action = "s3express:CreateSession" },
        new("ListObjects", Get, OperationScope.Bucket) { Action = "s3:ListBucket", Handler = ListObjects.InvokeAsync },
        new("ListObjectsV2", Get, OperationScope.Bucket, "list-type") { Action = "s3:ListBucket", Handler = ListObjectsV2.InvokeAsync },
        new("ListObjectVersions", Get, OperationScope.Bucket, "versions")
        {
            Action = "s3:ListBucketVersions", Handler = ListObjectVersions.InvokeAsync,
        },
        new("DeleteObjects", Post, OperationScope.Bucket, "delete")
        {
            Handler = DeleteObjects.InvokeAsync, Traits = OperationTraits.TakesBody,
        },
        new("PostObject", Post, OperationScope.Bucket)
        {
            Handler = PostObject.InvokeAsync, Traits = OperationTraits.TakesBody | OperationTraits.SignedByForm,
        },
        new("CorsPreflight", Options, OperationScope.Bucket) { Handler = CorsPreflight.InvokeAsync, Traits = OperationTraits.Unsigned },
        new("CorsPreflight", Options, OperationScope.Object) { Handler = CorsPreflight.InvokeAsync, Traits = OperationTraits.Unsigned },
    ];
}
