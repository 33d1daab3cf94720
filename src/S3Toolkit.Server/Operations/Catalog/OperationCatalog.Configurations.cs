using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Buckets;
using S3Toolkit.Server.Operations.Configurations;
using S3Toolkit.Server.Operations.Configurations.Settings;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Replication;

namespace S3Toolkit.Server.Operations.Catalog;

/// <summary>This file: what is set up for a bucket.</summary>
internal static partial class OperationCatalog
{
    private static S3Operation[] OfConfigurations =>
    [
        new("GetBucketLocation", Get, OperationScope.Bucket, "location")
        {
            Action = "s3:GetBucketLocation", Handler = GetBucketLocation.InvokeAsync, Traits = OperationTraits.AnyRegion,
        },
        new("GetBucketVersioning", Get, OperationScope.Bucket, "versioning")
        {
            Action = "s3:GetBucketVersioning", Handler = GetBucketVersioning.InvokeAsync,
        },
        new("PutBucketVersioning", Put, OperationScope.Bucket, "versioning")
        {
            Action = "s3:PutBucketVersioning", Handler = PutBucketVersioning.InvokeAsync, Traits = OperationTraits.TakesBody,
        },
        new("GetBucketTagging", Get, OperationScope.Bucket, "tagging")
        {
            Action = "s3:GetBucketTagging", Handler = BucketTagging.Kind.GetAsync,
        },
        new("PutBucketTagging", Put, OperationScope.Bucket, "tagging")
        {
            Action = "s3:PutBucketTagging", Handler = BucketTagging.Kind.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("DeleteBucketTagging", Delete, OperationScope.Bucket, "tagging")
        {
            Action = "s3:PutBucketTagging", Handler = BucketTagging.Kind.DeleteAsync,
        },
        new("GetBucketAcl", Get, OperationScope.Bucket, "acl") { Action = "s3:GetBucketAcl", Handler = GetBucketAcl.InvokeAsync },
        new("PutBucketAcl", Put, OperationScope.Bucket, "acl")
        {
            Action = "s3:PutBucketAcl", Handler = PutBucketAcl.InvokeAsync, Traits = OperationTraits.TakesBody,
        },
        new("GetBucketPolicy", Get, OperationScope.Bucket, "policy") { Action = "s3:GetBucketPolicy", Handler = BucketPolicy.GetAsync },
        new("PutBucketPolicy", Put, OperationScope.Bucket, "policy")
        {
            Action = "s3:PutBucketPolicy", Handler = BucketPolicy.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("DeleteBucketPolicy", Delete, OperationScope.Bucket, "policy")
        {
            Action = "s3:DeleteBucketPolicy", Handler = BucketPolicy.DeleteAsync,
        },
        new("GetBucketPolicyStatus", Get, OperationScope.Bucket, "policyStatus")
        {
            Action = "s3:GetBucketPolicyStatus", Handler = BucketPolicy.GetStatusAsync,
        },
        new("GetPublicAccessBlock", Get, OperationScope.Bucket, "publicAccessBlock")
        {
            Action = "s3:GetBucketPublicAccessBlock", Handler = PublicAccessBlock.Kind.GetAsync,
        },
        new("PutPublicAccessBlock", Put, OperationScope.Bucket, "publicAccessBlock")
        {
            Action = "s3:PutBucketPublicAccessBlock", Handler = PublicAccessBlock.Kind.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("DeletePublicAccessBlock", Delete, OperationScope.Bucket, "publicAccessBlock")
        {
            Action = "s3:PutBucketPublicAccessBlock", Handler = PublicAccessBlock.Kind.DeleteAsync,
        },
        new("GetBucketOwnershipControls", Get, OperationScope.Bucket, "ownershipControls")
        {
            Action = "s3:GetBucketOwnershipControls", Handler = BucketOwnershipControls.Kind.GetAsync,
        },
        new("PutBucketOwnershipControls", Put, OperationScope.Bucket, "ownershipControls")
        {
            Action = "s3:PutBucketOwnershipControls", Handler = BucketOwnershipControls.Kind.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("DeleteBucketOwnershipControls", Delete, OperationScope.Bucket, "ownershipControls")
        {
            Action = "s3:PutBucketOwnershipControls", Handler = BucketOwnershipControls.Kind.DeleteAsync,
        },
        new("GetBucketCors", Get, OperationScope.Bucket, "cors") { Action = "s3:GetBucketCORS", Handler = BucketCors.Kind.GetAsync },
        new("PutBucketCors", Put, OperationScope.Bucket, "cors")
        {
            Action = "s3:PutBucketCORS", Handler = BucketCors.Kind.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("DeleteBucketCors", Delete, OperationScope.Bucket, "cors")
        {
            Action = "s3:PutBucketCORS", Handler = BucketCors.Kind.DeleteAsync,
        },
        new("GetBucketLifecycleConfiguration", Get, OperationScope.Bucket, "lifecycle")
        {
            Action = "s3:GetLifecycleConfiguration", Handler = BucketLifecycle.GetAsync,
        },
        new("PutBucketLifecycleConfiguration", Put, OperationScope.Bucket, "lifecycle")
        {
            Action = "s3:PutLifecycleConfiguration", Handler = BucketLifecycle.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("DeleteBucketLifecycle", Delete, OperationScope.Bucket, "lifecycle")
        {
            Action = "s3:PutLifecycleConfiguration", Handler = BucketLifecycle.DeleteAsync,
        },
        new("GetBucketWebsite", Get, OperationScope.Bucket, "website")
        {
            Action = "s3:GetBucketWebsite", Handler = BucketWebsite.Kind.GetAsync,
        },
        new("PutBucketWebsite", Put, OperationScope.Bucket, "website")
        {
            Action = "s3:PutBucketWebsite", Handler = BucketWebsite.Kind.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("DeleteBucketWebsite", Delete, OperationScope.Bucket, "website")
        {
            Action = "s3:DeleteBucketWebsite", Handler = BucketWebsite.Kind.DeleteAsync,
        },
        new("GetBucketEncryption", Get, OperationScope.Bucket, "encryption")
        {
            Action = "s3:GetEncryptionConfiguration", Handler = BucketEncryption.Kind.GetAsync,
        },
        new("PutBucketEncryption", Put, OperationScope.Bucket, "encryption")
        {
            Action = "s3:PutEncryptionConfiguration", Handler = BucketEncryption.Kind.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("DeleteBucketEncryption", Delete, OperationScope.Bucket, "encryption")
        {
            Action = "s3:PutEncryptionConfiguration", Handler = BucketEncryption.Kind.DeleteAsync,
        },
        new("GetObjectLockConfiguration", Get, OperationScope.Bucket, "object-lock")
        {
            Action = "s3:GetBucketObjectLockConfiguration", Handler = ObjectLockConfiguration.Kind.GetAsync,
        },
        new("PutObjectLockConfiguration", Put, OperationScope.Bucket, "object-lock")
        {
            Action = "s3:PutBucketObjectLockConfiguration", Handler = ObjectLockConfiguration.Kind.PutAsync,
            Traits = OperationTraits.TakesBody,
        },
        new("GetBucketReplication", Get, OperationScope.Bucket, "replication")
        {
            Action = "s3:GetReplicationConfiguration", Handler = BucketReplication.Kind.GetAsync,
        },
        new("PutBucketReplication", Put, OperationScope.Bucket, "replication")
        {
            Action = "s3:PutReplicationConfiguration", Handler = BucketReplication.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("DeleteBucketReplication", Delete, OperationScope.Bucket, "replication")
        {
            Action = "s3:PutReplicationConfiguration", Handler = BucketReplication.Kind.DeleteAsync,
        },
        new("GetBucketNotificationConfiguration", Get, OperationScope.Bucket, "notification")
        {
            Action = "s3:GetBucketNotification", Handler = BucketNotification.Kind.GetAsync,
        },
        new("PutBucketNotificationConfiguration", Put, OperationScope.Bucket, "notification")
        {
            Action = "s3:PutBucketNotification", Handler = BucketNotification.Kind.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("GetBucketLogging", Get, OperationScope.Bucket, "logging")
        {
            Action = "s3:GetBucketLogging", Handler = BucketSettings.Logging.GetAsync,
        },
        new("PutBucketLogging", Put, OperationScope.Bucket, "logging")
        {
            Action = "s3:PutBucketLogging", Handler = BucketSettings.Logging.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("GetBucketAccelerateConfiguration", Get, OperationScope.Bucket, "accelerate")
        {
            Action = "s3:GetAccelerateConfiguration", Handler = BucketSettings.Acceleration.GetAsync,
        },
        new("PutBucketAccelerateConfiguration", Put, OperationScope.Bucket, "accelerate")
        {
            Action = "s3:PutAccelerateConfiguration", Handler = BucketSettings.Acceleration.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("GetBucketRequestPayment", Get, OperationScope.Bucket, "requestPayment")
        {
            Action = "s3:GetBucketRequestPayment", Handler = BucketRequestPayment.Kind.GetAsync,
        },
        new("PutBucketRequestPayment", Put, OperationScope.Bucket, "requestPayment")
        {
            Action = "s3:PutBucketRequestPayment", Handler = BucketRequestPayment.Kind.PutAsync, Traits = OperationTraits.TakesBody,
        },
        new("GetBucketAbac", Get, OperationScope.Bucket, "abac") { Action = "s3:GetBucketAbac", Handler = BucketSettings.Abac.GetAsync },
        new("PutBucketAbac", Put, OperationScope.Bucket, "abac")
        {
            Action = "s3:PutBucketAbac", Handler = BucketSettings.Abac.PutAsync, Traits = OperationTraits.TakesBody,
        },
        .. Many("Analytics", "analytics", ConfigurationLists.Analytics),
        .. Many("Inventory", "inventory", ConfigurationLists.Inventory),
        .. Many("Metrics", "metrics", ConfigurationLists.Metrics),
        .. Many("IntelligentTiering", "intelligent-tiering", ConfigurationLists.IntelligentTiering),
        new("CreateBucketMetadataConfiguration", Post, OperationScope.Bucket, "metadataConfiguration")
        {
            Action = "s3:CreateBucketMetadataTableConfiguration", Traits = OperationTraits.TakesBody,
        },
        new("GetBucketMetadataConfiguration", Get, OperationScope.Bucket, "metadataConfiguration")
        {
            Action = "s3:GetBucketMetadataTableConfiguration",
        },
        new("DeleteBucketMetadataConfiguration", Delete, OperationScope.Bucket, "metadataConfiguration")
        {
            Action = "s3:DeleteBucketMetadataTableConfiguration",
        },
        new("UpdateBucketMetadataAnnotationTableConfiguration", Put, OperationScope.Bucket, "metadataAnnotationTable")
        {
            Action = "s3:UpdateBucketMetadataAnnotationTableConfiguration", Traits = OperationTraits.TakesBody,
        },
        new("UpdateBucketMetadataInventoryTableConfiguration", Put, OperationScope.Bucket, "metadataInventoryTable")
        {
            Action = "s3:UpdateBucketMetadataInventoryTableConfiguration", Traits = OperationTraits.TakesBody,
        },
        new("UpdateBucketMetadataJournalTableConfiguration", Put, OperationScope.Bucket, "metadataJournalTable")
        {
            Action = "s3:UpdateBucketMetadataJournalTableConfiguration", Traits = OperationTraits.TakesBody,
        },
        new("CreateBucketMetadataTableConfiguration", Post, OperationScope.Bucket, "metadataTable")
        {
            Action = "s3:CreateBucketMetadataTableConfiguration", Traits = OperationTraits.TakesBody,
        },
        new("GetBucketMetadataTableConfiguration", Get, OperationScope.Bucket, "metadataTable")
        {
            Action = "s3:GetBucketMetadataTableConfiguration",
        },
        new("DeleteBucketMetadataTableConfiguration", Delete, OperationScope.Bucket, "metadataTable")
        {
            Action = "s3:DeleteBucketMetadataTableConfiguration",
        },
    ];

    /// <summary>The four operations of settings of which a bucket can have many.</summary>
    private static S3Operation[] Many(string name, string subresource, ConfigurationList kind)
    {
        string get = $"s3:Get{name}Configuration", put = $"s3:Put{name}Configuration";
        return
        [
            new($"ListBucket{name}Configurations", Get, OperationScope.Bucket, subresource) { Action = get, Handler = kind.ListAsync },
            new($"GetBucket{name}Configuration", Get, OperationScope.Bucket, subresource)
            {
                Action = get, Handler = kind.GetAsync, Discriminator = "id",
            },
            new($"PutBucket{name}Configuration", Put, OperationScope.Bucket, subresource)
            {
                Action = put, Handler = kind.PutAsync, Traits = OperationTraits.TakesBody,
            },
            new($"DeleteBucket{name}Configuration", Delete, OperationScope.Bucket, subresource)
            {
                Action = put, Handler = kind.DeleteAsync,
            },
        ];
    }
}
