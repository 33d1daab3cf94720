namespace S3Toolkit.Server.Tests.Fuzz;

/// <summary>
/// A valid document for each operation of the catalog that takes one, supported or not: what the fuzz run makes its bad ones from. A test
/// holds this list to the catalog.
/// </summary>
internal static class Documents
{
    public static readonly Dictionary<string, string> ByOperation = new()
    {
        ["CreateBucket"] =
            "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint><Tags><Tag><Key>a</Key><Value>b</Value></Tag>"
            + "</Tags>"
            + "</CreateBucketConfiguration>",
        ["DeleteObjects"] =
            "<Delete><Object><Key>k-2</Key><VersionId>null</VersionId><ETag>\"x\"</ETag><Size>3</Size></Object><Quiet>true</Quiet>"
            + "</Delete>",
        ["PutBucketVersioning"] =
            "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Disabled</MfaDelete></VersioningConfiguration>",
        ["PutBucketTagging"] = Tagging,
        ["PutObjectTagging"] = Tagging,
        ["PutBucketAcl"] = Acl,
        ["PutObjectAcl"] = Acl,
        ["PutBucketPolicy"] =
            """
            {"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Principal":{"AWS":["*"]},"Action":["s3:Get*"],"Resource":
            "arn:aws:s3:::bucket/*","Condition":{"IpAddress":{"aws:SourceIp":["10.0.0.0/8"]},"StringLike":{"s3:prefix":"a*"}}}]}
            """,
        ["PutPublicAccessBlock"] =
            "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>"
            + "<BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets>"
            + "</PublicAccessBlockConfiguration>",
        ["PutBucketOwnershipControls"] =
            "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerPreferred</ObjectOwnership></Rule></OwnershipControls>",
        ["PutBucketCors"] =
            "<CORSConfiguration><CORSRule><AllowedOrigin>http://*.a</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>*"
            + "</AllowedHeader><MaxAgeSeconds>3000</MaxAgeSeconds><ExposeHeader>ETag</ExposeHeader></CORSRule></CORSConfiguration>",
        ["PutBucketLifecycleConfiguration"] =
            "<LifecycleConfiguration><Rule><ID>a</ID><Filter><And><Prefix>p</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></And></Filter>"
            + "<Status>Enabled</Status><Expiration><Days>1</Days></Expiration><NoncurrentVersionExpiration><NoncurrentDays>3"
            + "</NoncurrentDays>"
            + "</NoncurrentVersionExpiration><Transition><Days>30</Days><StorageClass>GLACIER</StorageClass></Transition>"
            + "</Rule></LifecycleConfiguration>",
        ["PutBucketWebsite"] =
            "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>e.html</Key>"
            + "</ErrorDocument>"
            + "<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>a/</KeyPrefixEquals></Condition><Redirect><ReplaceKeyPrefixWith>b/"
            + "</ReplaceKeyPrefixWith></Redirect></RoutingRule></RoutingRules></WebsiteConfiguration>",
        ["PutBucketEncryption"] = Encryption,
        ["PutObjectLockConfiguration"] =
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1"
            + "</Days></DefaultRetention></Rule></ObjectLockConfiguration>",
        ["PutBucketReplication"] =
            "<ReplicationConfiguration><Role>arn:aws:iam::1:role/r</Role><Rule><ID>a</ID><Priority>1</Priority><Status>Enabled</Status>"
            + "<Filter>"
            + "<Prefix>a</Prefix></Filter><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication><Destination><Bucket>"
            + "arn:aws:s3:::other</Bucket></Destination></Rule></ReplicationConfiguration>",
        ["PutBucketNotificationConfiguration"] =
            "<NotificationConfiguration><QueueConfiguration><Id>a</Id><Queue>arn:aws:sqs:us-east-1:1:q</Queue><Event>s3:ObjectCreated:*"
            + "</Event>"
            + "<Filter><S3Key><FilterRule><Name>prefix</Name><Value>a</Value></FilterRule></S3Key></Filter></QueueConfiguration>"
            + "</NotificationConfiguration>",
        ["PutBucketLogging"] =
            "<BucketLoggingStatus><LoggingEnabled><TargetBucket>bucket</TargetBucket><TargetPrefix>l</TargetPrefix></LoggingEnabled>"
            + "</BucketLoggingStatus>",
        ["PutBucketAccelerateConfiguration"] = "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>",
        ["PutBucketRequestPayment"] = "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>",
        ["PutBucketAbac"] = "<AbacStatus><Status>Enabled</Status></AbacStatus>",
        ["PutBucketAnalyticsConfiguration"] =
            "<AnalyticsConfiguration><Id>a</Id><StorageClassAnalysis/></AnalyticsConfiguration>",
        ["PutBucketInventoryConfiguration"] =
            "<InventoryConfiguration><Id>a</Id><IsEnabled>true</IsEnabled><IncludedObjectVersions>All</IncludedObjectVersions><Schedule>"
            + "<Frequency>"
            + "Daily</Frequency></Schedule><Destination><S3BucketDestination><Bucket>arn:aws:s3:::bucket</Bucket><Format>CSV</Format>"
            + "</S3BucketDestination></Destination></InventoryConfiguration>",
        ["PutBucketMetricsConfiguration"] = "<MetricsConfiguration><Id>a</Id><Filter><Prefix>p</Prefix></Filter></MetricsConfiguration>",
        ["PutBucketIntelligentTieringConfiguration"] =
            "<IntelligentTieringConfiguration><Id>a</Id><Status>Enabled</Status><Tiering><AccessTier>ARCHIVE_ACCESS</AccessTier><Days>90"
            + "</Days>"
            + "</Tiering></IntelligentTieringConfiguration>",
        ["CreateBucketMetadataConfiguration"] =
            "<MetadataConfiguration><JournalTableConfiguration><RecordExpiration><Expiration>ENABLED</Expiration><Days>7</Days>"
            + "</RecordExpiration></JournalTableConfiguration></MetadataConfiguration>",
        ["CreateBucketMetadataTableConfiguration"] =
            "<MetadataTableConfiguration><S3TablesDestination><TableBucketArn>a</TableBucketArn><TableName>t</TableName>"
            + "</S3TablesDestination>"
            + "</MetadataTableConfiguration>",
        ["UpdateBucketMetadataAnnotationTableConfiguration"] =
            "<AnnotationTableConfiguration><ConfigurationState>ENABLED</ConfigurationState></AnnotationTableConfiguration>",
        ["UpdateBucketMetadataInventoryTableConfiguration"] =
            "<InventoryTableConfiguration><ConfigurationState>ENABLED</ConfigurationState></InventoryTableConfiguration>",
        ["UpdateBucketMetadataJournalTableConfiguration"] =
            "<JournalTableConfiguration><RecordExpiration><Expiration>DISABLED</Expiration></RecordExpiration></JournalTableConfiguration>",
        ["CompleteMultipartUpload"] =
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"5289df737df57326fcdd22597afb1fac\"</ETag>"
            + "<ChecksumCRC32>AAAAAA=="
            + "</ChecksumCRC32></Part></CompleteMultipartUpload>",
        ["PutObjectLegalHold"] = "<LegalHold><Status>ON</Status></LegalHold>",
        ["PutObjectRetention"] =
            "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2030-01-01T00:00:00Z</RetainUntilDate></Retention>",
        ["RestoreObject"] =
            "<RestoreRequest><Days>1</Days><GlacierJobParameters><Tier>Expedited</Tier></GlacierJobParameters></RestoreRequest>",
        ["SelectObjectContent"] =
            "<SelectObjectContentRequest><Expression>select * from S3Object</Expression><ExpressionType>SQL</ExpressionType>"
            + "<InputSerialization>"
            + "<CSV/></InputSerialization><OutputSerialization><CSV/></OutputSerialization></SelectObjectContentRequest>",
        ["PutObjectAnnotation"] = "<Annotation/>",
        ["UpdateObjectEncryption"] = Encryption,
    };

    /// <summary>What takes bytes of any kind, or a form.</summary>
    public static readonly string[] WithoutDocument = ["PutObject", "UploadPart", "PostObject"];

    private const string Tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";

    private const string Acl =
        "<AccessControlPolicy><Owner><ID>a</ID></Owner><AccessControlList><Grant>"
        + "<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        + " xsi:type=\"Group\"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>"
        + "</AccessControlList></AccessControlPolicy>";

    private const string Encryption =
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>k"
        + "</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>"
        + "</ServerSideEncryptionConfiguration>";
}
