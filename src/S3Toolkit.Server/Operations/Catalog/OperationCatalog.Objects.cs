using S3Toolkit.Server.Operations.Archiving;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Operations.Objects;

namespace S3Toolkit.Server.Operations.Catalog;

/// <summary>This file: objects.</summary>
internal static partial class OperationCatalog
{
    private static S3Operation[] OfObjects =>
    [
        new("GetObject", Get, OperationScope.Object)
        {
            Action = "s3:GetObject", VersionAction = "s3:GetObjectVersion", Handler = GetObject.InvokeAsync,
        },
        new("HeadObject", Head, OperationScope.Object)
        {
            Action = "s3:GetObject", VersionAction = "s3:GetObjectVersion", Handler = HeadObject.InvokeAsync,
        },
        new("GetObjectAttributes", Get, OperationScope.Object, "attributes")
        {
            Action = "s3:GetObjectAttributes", VersionAction = "s3:GetObjectVersionAttributes", Handler = GetObjectAttributes.InvokeAsync,
        },
        new("PutObject", Put, OperationScope.Object)
        {
            Action = "s3:PutObject", Handler = PutObject.InvokeAsync,
            Traits = OperationTraits.TakesBody | OperationTraits.CreatesObject,
        },
        new("CopyObject", Put, OperationScope.Object)
        {
            Action = "s3:PutObject", Handler = CopyObject.InvokeAsync, Discriminator = CopySourceHeader,
            Traits = OperationTraits.CreatesObject,
            AnonymousRefusal = "Anonymous users cannot copy objects.  Please authenticate.",
        },
        new("DeleteObject", Delete, OperationScope.Object)
        {
            Action = "s3:DeleteObject", VersionAction = "s3:DeleteObjectVersion", Handler = DeleteObject.InvokeAsync,
        },
        new("GetObjectTagging", Get, OperationScope.Object, "tagging")
        {
            Action = "s3:GetObjectTagging", VersionAction = "s3:GetObjectVersionTagging", Handler = GetObjectTagging.InvokeAsync,
        },
        new("PutObjectTagging", Put, OperationScope.Object, "tagging")
        {
            Action = "s3:PutObjectTagging", VersionAction = "s3:PutObjectVersionTagging", Handler = PutObjectTagging.InvokeAsync,
            Traits = OperationTraits.TakesBody,
        },
        new("DeleteObjectTagging", Delete, OperationScope.Object, "tagging")
        {
            Action = "s3:DeleteObjectTagging", VersionAction = "s3:DeleteObjectVersionTagging", Handler = DeleteObjectTagging.InvokeAsync,
        },
        new("GetObjectAcl", Get, OperationScope.Object, "acl")
        {
            Action = "s3:GetObjectAcl", VersionAction = "s3:GetObjectVersionAcl", Handler = GetObjectAcl.InvokeAsync,
        },
        new("PutObjectAcl", Put, OperationScope.Object, "acl")
        {
            Action = "s3:PutObjectAcl", VersionAction = "s3:PutObjectVersionAcl", Handler = PutObjectAcl.InvokeAsync,
            Traits = OperationTraits.TakesBody,
        },
        new("GetObjectLegalHold", Get, OperationScope.Object, "legal-hold")
        {
            Action = "s3:GetObjectLegalHold", Handler = GetObjectLegalHold.InvokeAsync,
        },
        new("PutObjectLegalHold", Put, OperationScope.Object, "legal-hold")
        {
            Action = "s3:PutObjectLegalHold", Handler = PutObjectLegalHold.InvokeAsync, Traits = OperationTraits.TakesBody,
        },
        new("GetObjectRetention", Get, OperationScope.Object, "retention")
        {
            Action = "s3:GetObjectRetention", Handler = GetObjectRetention.InvokeAsync,
        },
        new("PutObjectRetention", Put, OperationScope.Object, "retention")
        {
            Action = "s3:PutObjectRetention", Handler = PutObjectRetention.InvokeAsync, Traits = OperationTraits.TakesBody,
        },
        new("RestoreObject", Post, OperationScope.Object, "restore")
        {
            Action = "s3:RestoreObject", Handler = RestoreObject.InvokeAsync, Traits = OperationTraits.TakesBody,
        },
        new("SelectObjectContent", Post, OperationScope.Object, "select") { Action = "s3:GetObject", Traits = OperationTraits.TakesBody },
        new("GetObjectTorrent", Get, OperationScope.Object, "torrent")
        {
            Action = "s3:GetObjectTorrent", VersionAction = "s3:GetObjectVersionTorrent",
        },
        new("ListObjectAnnotations", Get, OperationScope.Object, "annotation") { Action = "s3:ListObjectAnnotations" },
        new("GetObjectAnnotation", Get, OperationScope.Object, "annotation")
        {
            Action = "s3:GetObjectAnnotation", Discriminator = "annotationName",
        },
        new("PutObjectAnnotation", Put, OperationScope.Object, "annotation")
        {
            Action = "s3:PutObjectAnnotation", Traits = OperationTraits.TakesBody,
        },
        new("DeleteObjectAnnotation", Delete, OperationScope.Object, "annotation") { Action = "s3:DeleteObjectAnnotation" },
        new("RenameObject", Put, OperationScope.Object, "renameObject") { Action = "s3express:CreateSession" },
        new("UpdateObjectEncryption", Put, OperationScope.Object, "encryption")
        {
            Action = "s3:UpdateObjectEncryption", Traits = OperationTraits.TakesBody,
        },
    ];

    /// <summary>Makes a PUT a copy.</summary>
    private const string CopySourceHeader = "x-amz-copy-source";
}
