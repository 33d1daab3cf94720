using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class StoredSettingTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Arn = "arn:aws:s3:::reports";

    [Test]
    public async Task BucketAccelerate_PutGet_RoundTripsButForNamesWithDots()
    {
        await Client.PutBucketAsync("with.dots");
        GetBucketAccelerateConfigurationRequest get = new() { BucketName = Bucket };
        Assert.That((await Client.GetBucketAccelerateConfigurationAsync(get)).Status, Is.Null);

        await PutAccelerateAsync(Bucket, BucketAccelerateStatus.Suspended);

        Assert.That((await Client.GetBucketAccelerateConfigurationAsync(get)).Status, Is.EqualTo(BucketAccelerateStatus.Suspended));
        Assert.That((await ErrorOf(() => PutAccelerateAsync("with.dots", BucketAccelerateStatus.Enabled))).ErrorCode,
            Is.EqualTo("InvalidRequest"));
        Assert.That((await ErrorOf(() => PutAccelerateAsync(Bucket, "On"))).ErrorCode, Is.EqualTo("MalformedXML"));
    }

    [Test]
    public async Task BucketAbac_PutGet_RoundTrips()
    {
        GetBucketAbacRequest get = new() { BucketName = Bucket };
        Assert.That((await Client.GetBucketAbacAsync(get)).AbacStatus.Status, Is.EqualTo(BucketAbacStatus.Disabled));

        await Client.PutBucketAbacAsync(new PutBucketAbacRequest
        {
            BucketName = Bucket, AbacStatus = new AbacStatus { Status = BucketAbacStatus.Enabled },
        });

        Assert.That((await Client.GetBucketAbacAsync(get)).AbacStatus.Status, Is.EqualTo(BucketAbacStatus.Enabled));
    }

    [Test]
    public async Task Inventory_PutGetListDelete_RoundTrips()
    {
        InventoryConfiguration inventory = new()
        {
            InventoryId = "daily", IsEnabled = true, IncludedObjectVersions = InventoryIncludedObjectVersions.All,
            InventoryFilter = new InventoryFilter { InventoryFilterPredicate = new InventoryPrefixPredicate("docs/") },
            InventoryOptionalFields = [InventoryOptionalField.Size, InventoryOptionalField.ETag],
            Schedule = new InventorySchedule { Frequency = InventoryFrequency.Weekly },
            Destination = new InventoryDestination
            {
                S3BucketDestination = new InventoryS3BucketDestination
                {
                    BucketName = Arn, InventoryFormat = InventoryFormat.ORC, AccountId = "123456789012", Prefix = "inventory",
                    InventoryEncryption = new InventoryEncryption { SSEKMS = new SSEKMS { KeyId = "key" } },
                },
            },
        };
        await Client.PutBucketInventoryConfigurationAsync(new PutBucketInventoryConfigurationRequest
        {
            BucketName = Bucket, InventoryId = "daily", InventoryConfiguration = inventory,
        });

        GetBucketInventoryConfigurationRequest get = new() { BucketName = Bucket, InventoryId = "daily" };
        InventoryConfiguration read = (await Client.GetBucketInventoryConfigurationAsync(get)).InventoryConfiguration;
        Assert.That(((InventoryPrefixPredicate)read.InventoryFilter.InventoryFilterPredicate).Prefix, Is.EqualTo("docs/"));
        Assert.That(read.InventoryOptionalFields, Is.EqualTo(inventory.InventoryOptionalFields));
        Assert.That(read.Schedule.Frequency, Is.EqualTo(InventoryFrequency.Weekly));
        Assert.That(read.Destination.S3BucketDestination.InventoryEncryption.SSEKMS.KeyId, Is.EqualTo("key"));
        Assert.That(read.Destination.S3BucketDestination.BucketName, Is.EqualTo(Arn));

        ListBucketInventoryConfigurationsResponse list = await Client.ListBucketInventoryConfigurationsAsync(
            new ListBucketInventoryConfigurationsRequest { BucketName = Bucket });
        Assert.That(list.InventoryConfigurationList.Single().InventoryId, Is.EqualTo("daily"));

        await Client.DeleteBucketInventoryConfigurationAsync(
            new DeleteBucketInventoryConfigurationRequest { BucketName = Bucket, InventoryId = "daily" });
        (int status, string body) = await SendAsync(HttpMethod.Get, "/" + Bucket, "id=daily&inventory="); // the SDK hides this error
        Assert.That((status, body.Contains("<Code>NoSuchConfiguration</Code>")), Is.EqualTo((404, true)), body);
    }

    [Test]
    public async Task Analytics_WithFilterAndExport_RoundTrips()
    {
        await Client.PutBucketAnalyticsConfigurationAsync(new PutBucketAnalyticsConfigurationRequest
        {
            BucketName = Bucket, AnalyticsId = "a",
            AnalyticsConfiguration = new AnalyticsConfiguration
            {
                AnalyticsId = "a",
                AnalyticsFilter = new AnalyticsFilter
                {
                    AnalyticsFilterPredicate = new AnalyticsAndOperator(
                    [
                        new AnalyticsPrefixPredicate("p"), new AnalyticsTagPredicate(new Tag { Key = "k", Value = "v" }),
                    ]),
                },
                StorageClassAnalysis = new StorageClassAnalysis
                {
                    DataExport = new StorageClassAnalysisDataExport
                    {
                        OutputSchemaVersion = StorageClassAnalysisSchemaVersion.V_1,
                        Destination = new AnalyticsExportDestination
                        {
                            S3BucketDestination = new AnalyticsS3BucketDestination { BucketName = Arn, Format = "CSV", Prefix = "x" },
                        },
                    },
                },
            },
        });

        AnalyticsConfiguration read = (await Client.GetBucketAnalyticsConfigurationAsync(
            new GetBucketAnalyticsConfigurationRequest { BucketName = Bucket, AnalyticsId = "a" })).AnalyticsConfiguration;

        AnalyticsAndOperator and = (AnalyticsAndOperator)read.AnalyticsFilter.AnalyticsFilterPredicate;
        Assert.That(and.Operands.OfType<AnalyticsPrefixPredicate>().Single().Prefix, Is.EqualTo("p"));
        Assert.That(and.Operands.OfType<AnalyticsTagPredicate>().Single().Tag.Value, Is.EqualTo("v"));
        Assert.That(read.StorageClassAnalysis.DataExport.Destination.S3BucketDestination.Prefix, Is.EqualTo("x"));
        Assert.That((await Client.ListBucketAnalyticsConfigurationsAsync(
            new ListBucketAnalyticsConfigurationsRequest { BucketName = Bucket })).AnalyticsConfigurationList, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task IntelligentTiering_PutGetList_RoundTrips()
    {
        await PutTieringAsync("t", new Tiering { AccessTier = "ARCHIVE_ACCESS", Days = 90 }, new Tiering
        {
            AccessTier = "DEEP_ARCHIVE_ACCESS", Days = 730,
        });

        IntelligentTieringConfiguration read = (await Client.GetBucketIntelligentTieringConfigurationAsync(
            new GetBucketIntelligentTieringConfigurationRequest { BucketName = Bucket, IntelligentTieringId = "t" }))
            .IntelligentTieringConfiguration;

        Assert.That(read.Tierings.Select(tiering => tiering.Days), Is.EqualTo(new int?[] { 90, 730 }));
        Assert.That(read.Status, Is.EqualTo(IntelligentTieringStatus.Enabled));
        Assert.That((await Client.ListBucketIntelligentTieringConfigurationsAsync(
            new ListBucketIntelligentTieringConfigurationsRequest { BucketName = Bucket })).IntelligentTieringConfigurationList,
            Has.Count.EqualTo(1));
        AmazonS3Exception error = await ErrorOf(() => PutTieringAsync("t", new Tiering { AccessTier = "DEEP_ARCHIVE_ACCESS", Days = 90 }));
        Assert.That(error.ErrorCode, Is.EqualTo("InvalidArgument"));
    }

    [Test]
    public async Task Metrics_Many_ArePagedByAHundredInOrderOfTheirIds()
    {
        for (int i = 104; i >= 0; i--) await PutMetricsAsync(i.ToString("D3", CultureInfo.InvariantCulture));
        await PutMetricsAsync("000"); // again: it takes the place of the first

        ListBucketMetricsConfigurationsResponse first = await Client.ListBucketMetricsConfigurationsAsync(
            new ListBucketMetricsConfigurationsRequest { BucketName = Bucket });
        ListBucketMetricsConfigurationsResponse second = await Client.ListBucketMetricsConfigurationsAsync(
            new ListBucketMetricsConfigurationsRequest { BucketName = Bucket, ContinuationToken = first.NextToken });

        Assert.That((first.IsTruncated, second.IsTruncated), Is.EqualTo(((bool?)true, (bool?)false)));
        Assert.That(
            first.MetricsConfigurationList.Concat(second.MetricsConfigurationList).Select(item => item.MetricsId),
            Is.EqualTo(Enumerable.Range(0, 105).Select(i => i.ToString("D3", CultureInfo.InvariantCulture))));
        Assert.That(first.MetricsConfigurationList, Has.Count.EqualTo(100));
    }

    [TestCase("metrics", "id=a", "<MetricsConfiguration><Id>b</Id></MetricsConfiguration>", "IdMismatch")]
    [TestCase("metrics", "id=a", "<MetricsConfiguration><Id>a</Id><Other/></MetricsConfiguration>", "MalformedXML")]
    [TestCase("metrics", "id=a", "<MetricsConfiguration><Id>a</Id><Filter/></MetricsConfiguration>", "MalformedXML")]
    [TestCase("metrics", "id=a%2Fb", "<MetricsConfiguration><Id>a/b</Id></MetricsConfiguration>", "InvalidConfigurationId")]
    [TestCase("metrics", "id=", "<MetricsConfiguration><Id></Id></MetricsConfiguration>", "InvalidConfigurationId")]
    [TestCase("inventory", "id=a", "<InventoryConfiguration><Id>a</Id></InventoryConfiguration>", "MalformedXML")]
    [TestCase("analytics", "id=a", "<AnalyticsConfiguration><Id>a</Id></AnalyticsConfiguration>", "MalformedXML")]
    [TestCase("abac", "", "<AbacStatus/>", "MalformedXML")]
    [TestCase("logging", "", "<BucketLoggingStatus><LoggingEnabled/></BucketLoggingStatus>", "MalformedXML")]
    public async Task Put_WrongDocument_IsRefused(string subresource, string query, string document, string code)
    {
        (int status, string body) = await SendAsync(
            HttpMethod.Put, "/" + Bucket, query.Length > 0 ? $"{query}&{subresource}=" : subresource + "=", document);

        Assert.That(status, Is.EqualTo(400), body);
        Assert.That(body, Does.Contain($"<Code>{code}</Code>"));
    }

    [Test]
    public async Task Put_MoreThanAThousand_IsRefused()
    {
        await Server.Core.Storage.UpdateBucketAsync(
            Bucket,
            bucket => Enumerable.Range(0, 1000).Aggregate(bucket, (all, i) => all with
            {
                Settings = [.. all.Settings, new("metrics", $"m{i}", new("MetricsConfiguration"))],
            }),
            default);

        await PutMetricsAsync("m1");

        Assert.That((await ErrorOf(() => PutMetricsAsync("one-more"))).ErrorCode, Is.EqualTo("TooManyConfigurations"));
    }

    [Test]
    public async Task Put_ManyAtOnceWithRoomForOne_TakesOne()
    {
        await Server.Core.Storage.UpdateBucketAsync(
            Bucket,
            bucket => bucket with
            {
                Settings =
                [
                    .. Enumerable.Range(0, 999).Select(i => new StoredSettingRecord("metrics", $"m{i}", new("MetricsConfiguration"))),
                ],
            },
            default);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                await PutMetricsAsync($"more{i}");
            }
            catch (AmazonS3Exception exception) when (exception.ErrorCode == "TooManyConfigurations")
            {
            }
        }));

        Assert.That((await Server.Core.Storage.FindBucketAsync(Bucket, default))!.Settings, Has.Count.EqualTo(1000));
    }

    private Task PutAccelerateAsync(string bucketName, BucketAccelerateStatus status) =>
        Client.PutBucketAccelerateConfigurationAsync(new PutBucketAccelerateConfigurationRequest
        {
            BucketName = bucketName, AccelerateConfiguration = new AccelerateConfiguration { Status = status },
        });

    private Task PutMetricsAsync(string id) => Client.PutBucketMetricsConfigurationAsync(new PutBucketMetricsConfigurationRequest
    {
        BucketName = Bucket, MetricsId = id, MetricsConfiguration = new MetricsConfiguration { MetricsId = id },
    });

    private Task PutTieringAsync(string id, params Tiering[] tierings) => Client.PutBucketIntelligentTieringConfigurationAsync(
        new PutBucketIntelligentTieringConfigurationRequest
        {
            BucketName = Bucket, IntelligentTieringId = id,
            IntelligentTieringConfiguration = new IntelligentTieringConfiguration
            {
                IntelligentTieringId = id, Status = IntelligentTieringStatus.Enabled, Tierings = [.. tierings],
            },
        });
}
