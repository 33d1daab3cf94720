using System.Net;
using System.Text;
using System.Xml.Linq;
using CsCheck;
using S3Toolkit.Checksums;
using S3Toolkit.Transport.Direct;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>The documents of the direct transport: what is written, and what is read out of what servers write.</summary>
[TestFixture]
internal sealed class DocumentTests
{
    [Test]
    public void Objects_Page_IsReadInOneOrder()
    {
        var page = Objects(
            "<ListBucketResult xmlns='x'><Name>b</Name><IsTruncated>True</IsTruncated><EncodingType>url</EncodingType>"
            + "<KeyCount>3</KeyCount><NextContinuationToken>a+b%2F==</NextContinuationToken>"
            + "<Contents><Key>a+b%26</Key><Size>5</Size><LastModified>2026-01-02T03:04:05.678Z</LastModified><ETag>&quot;e&quot;</ETag>"
            + "<StorageClass>GLACIER</StorageClass><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><Owner><ID>me</ID></Owner></Contents>"
            + "<Contents><Key>c</Key><Size>0</Size><StorageClass>STANDARD</StorageClass></Contents>"
            + "<CommonPrefixes><Prefix>b%2F</Prefix></CommonPrefixes><CommonPrefixes><Prefix>z%2F</Prefix></CommonPrefixes>"
            + "</ListBucketResult>");

        Assert.That(page.Items.Select(static item => item.Name), Is.EqualTo(["a b&", "b/", "c", "z/"]));
        Assert.That(page.ContinuationToken, Is.EqualTo("a+b%2F=="), "a token is not encoded");
        Assert.That(page.Items[0], Is.EqualTo(
            new ListedObject("a b&", 5, new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero))
            {
                ETag = new ETag("e"), StorageClass = new StorageClass("GLACIER"), OwnerId = "me",
                ChecksumFunction = ChecksumFunction.Crc64Nvme,
            }));
    }

    [Test]
    public void Objects_NotSaidToBeEncoded_AreAsTheyStand() =>
        Assert.That(
            Objects("<ListBucketResult><Contents><Key>a+b%26</Key></Contents></ListBucketResult>").Items[0].Name, Is.EqualTo("a+b%26"));

    // A second page asked for with a key as its token would be the first one again.
    [TestCase(false, "")]
    [TestCase(true, "c")]
    public void Objects_TruncatedWithoutAToken_GoOnByKeyInVersion1Only(bool isVersion1, string expected)
    {
        const string Page = "<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>c</Key></Contents></ListBucketResult>";

        Assert.That(ListDocument.Objects(Bytes(Page), 10, isVersion1).ContinuationToken, Is.EqualTo(expected));
    }

    [Test]
    public void Objects_ExpectedByTheBillion_AreNotAllocatedAhead() =>
        Assert.That(ListDocument.Objects(Bytes("<ListBucketResult/>"), int.MaxValue, isVersion1: false).Items, Is.Empty);

    // The answer of a server that took "bucket.host" for its own name: an empty bucket it is not.
    [TestCase("<ListAllMyBucketsResult/>")]
    [TestCase("<html/>")]
    [TestCase("<Error/>")]
    public void Objects_OfAnotherDocument_AreUnreadable(string xml) =>
        Assert.That(() => Objects(xml), Throws.TypeOf<FormatException>());

    [Test]
    public void Versions_Page_IsRead()
    {
        var page = ListDocument.Versions(Bytes(
            "<ListVersionsResult><IsTruncated>true</IsTruncated><EncodingType>url</EncodingType><NextKeyMarker>k+1</NextKeyMarker>"
            + "<NextVersionIdMarker>v1</NextVersionIdMarker><Version><Key>k+1</Key><VersionId>v1</VersionId><IsLatest>true</IsLatest>"
            + "<Size>7</Size></Version><DeleteMarker><Key>k</Key></DeleteMarker></ListVersionsResult>"));

        Assert.That(page.ContinuationToken, Is.EqualTo("k 1\0v1"));
        Assert.That(page.Items.Select(static item => (item.Key, item.VersionId, item.IsDeleteMarker, item.SizeBytes)), Is.EqualTo(
            [("k 1", "v1", false, 7L), ("k", "null", true, 0L)]));
    }

    [Test]
    public void Parts_Page_IsRead()
    {
        var page = ListDocument.Parts(Bytes(
            "<ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>2</NextPartNumberMarker><Part><PartNumber>2</PartNumber>"
            + "<Size>9</Size><ETag>\"e\"</ETag><ChecksumSHA256>s</ChecksumSHA256><ChecksumCRC64NVME>c</ChecksumCRC64NVME></Part>"
            + "</ListPartsResult>"));

        Assert.That(page.ContinuationToken, Is.EqualTo("2"));
        Assert.That(
            page.Items.Single(),
            Is.EqualTo(new UploadedPart(2, new ETag("e"), 9) { Checksum = new ObjectChecksum(ChecksumFunction.Crc64Nvme, "c") }));
    }

    [TestCase("&quot;a&amp;b&quot;", "a&b")]
    [TestCase("\"a\"", "a")]
    [TestCase("&#34;a&#34;", "a")]
    [TestCase("a", "a")]
    [TestCase("", "")]
    public void ETag_AnyQuoting_IsTheTag(string text, string expected)
    {
        var reader = new Utf8XmlReader(Bytes($"<ETag>{text}</ETag>"));
        reader.ReadRoot();

        Assert.That(DocumentETag.Read(ref reader)?.Value, Is.EqualTo(expected.Length == 0 ? null : expected));
    }

    [TestCase("2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.6780000+00:00")]
    [TestCase("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000+00:00")]
    [TestCase("2026-01-02T03:04:05.123456Z", "2026-01-02T03:04:05.1234560+00:00")]
    [TestCase("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.0000000+00:00")]
    [TestCase("2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.9990000+00:00")]
    [TestCase("2026-02-30T03:04:05.678Z", null)]
    [TestCase("0000-01-01T00:00:00.000Z", null)]
    [TestCase("", null)]
    [TestCase("yesterday", null)]
    public void Time_AnyWriting_IsRead(string text, string? expected)
    {
        var reader = new Utf8XmlReader(Bytes($"<T>{text}</T>"));
        reader.ReadRoot();

        Assert.That(DocumentTime.Read(ref reader)?.ToString("o"), Is.EqualTo(expected));
    }

    [Test]
    public void Facts_OfACopy_AreRead()
    {
        var facts = DocumentFacts.Read(Bytes(
            "<CopyObjectResult><ETag>&quot;e&quot;</ETag><LastModified>2026-01-02T03:04:05Z</LastModified><ChecksumCRC32>c</ChecksumCRC32>"
            + "<UploadId>u</UploadId></CopyObjectResult>"));

        Assert.That(facts.ETag, Is.EqualTo("\"e\""));
        Assert.That(facts.UploadId, Is.EqualTo("u"));
        Assert.That(facts.Checksum, Is.EqualTo(new ObjectChecksum(ChecksumFunction.Crc32, "c")));
        Assert.That(facts.LastModified!.Value.Second, Is.EqualTo(5));
    }

    [TestCase("<Error><Code>C</Code><Message>m &lt;</Message><RequestId>r</RequestId><Region>x</Region></Error>", true)]
    [TestCase(
        "<ErrorResponse xmlns='x'><Error><Type>Sender</Type><Code>C</Code><Message>m &lt;</Message><RequestId>r</RequestId>"
        + "<Region>x</Region></Error><RequestId>other</RequestId></ErrorResponse>",
        true)]
    [TestCase("<ErrorResponse/>", false)]
    [TestCase("<Error><Code>C</Code>", false)]
    [TestCase("<Other/>", false)]
    [TestCase("", false)]
    public void Error_Document_IsReadWhenWhole(string xml, bool isError)
    {
        Assert.That(ErrorDocument.TryRead(Bytes(xml), out var error), Is.EqualTo(isError));
        if (isError) Assert.That(error, Is.EqualTo(new ErrorDocument("C", "m <", "r", "x")));
    }

    [Test]
    public void Delete_OfAnyKeys_SaysThemInXml() =>
        Gen.Select(Text, Text.Null(), Text.Null()).Array[0, 5].Sample(static (items) =>
        {
            ObjectIdentifier[] objects = [.. items.Select(static item => new ObjectIdentifier(item.Item1 + "k")
            {
                VersionId = item.Item2, ETag = ETag.FromNullable(item.Item3),
            })];

            var read = XDocument.Parse(Encoding.UTF8.GetString(DeleteDocument.Write(objects).Span), LoadOptions.PreserveWhitespace);

            var ns = read.Root!.Name.Namespace;
            Assert.That(
                read.Root.Elements(ns + "Object").Select(each => (
                    each.Element(ns + "Key")!.Value, each.Element(ns + "VersionId")?.Value, each.Element(ns + "ETag")?.Value)),
                Is.EqualTo(objects.Select(static each => (each.Key, each.VersionId, each.ETag?.Value))));
        });

    [Test]
    public void DeleteResult_WithBothKinds_IsRead()
    {
        var results = DeleteDocument.Read(
            Bytes(
                "<DeleteResult><Deleted><Key>a</Key><VersionId>v</VersionId><DeleteMarker>true</DeleteMarker>"
                + "<DeleteMarkerVersionId>m</DeleteMarkerVersionId></Deleted><Error><Key>b</Key><Code>SlowDown</Code><Message>no</Message>"
                + "</Error></DeleteResult>"),
            expected: 2);

        Assert.That(results[0], Is.EqualTo(new DeleteResult("a") { VersionId = "v", IsDeleteMarker = true, DeleteMarkerVersionId = "m" }));
        Assert.That(results[1].Failure, Is.EqualTo(new DeleteFailure("SlowDown", "no", true)));
    }

    [Test]
    public void XmlText_AnyText_ComesBack() => Text.Sample(static text =>
    {
        var reader = new Utf8XmlReader(Bytes($"<a>{XmlText.Escape(text)}</a>"));
        reader.ReadRoot();
        Assert.That(reader.ReadText(), Is.EqualTo(text));
        Assert.That(XElement.Parse($"<a>{XmlText.Escape(text)}</a>", LoadOptions.PreserveWhitespace).Value, Is.EqualTo(text));
    });

    [Test]
    public void Complete_Document_HasPartsWithTheirChecksums()
    {
        var xml = Encoding.UTF8.GetString(CompleteDocument.Write(
        [
            new UploadedPart(1, new ETag("a"), 1) { Checksum = new ObjectChecksum(ChecksumFunction.Crc64Nvme, "c") },
            new UploadedPart(2, new ETag("b"), 1),
        ]).Span);

        Assert.That(xml, Does.EndWith(
            "<Part><PartNumber>1</PartNumber><ETag>&quot;a&quot;</ETag><ChecksumCRC64NVME>c</ChecksumCRC64NVME></Part>"
            + "<Part><PartNumber>2</PartNumber><ETag>&quot;b&quot;</ETag></Part></CompleteMultipartUpload>"));
    }

    [Test]
    public void WholeChecksum_OfAnyParts_IsThatOfTheWhole() =>
        Gen.Byte.Array[1, 200].Array[1, 6].Sample(static parts =>
            Assert.That(
                CompleteDocument.WholeChecksum([.. parts.Select(static (bytes, index) => Part(index + 1, bytes))]),
                Is.EqualTo(Checksum([.. parts.SelectMany(static bytes => bytes)]))));

    private static IEnumerable<UploadedPart[]> PartsWithoutAWhole =>
    [
        [],
        [Part(1, [1]), Part(2, [2]) with { Checksum = null }],
        [Part(1, [1]) with { SizeBytes = 0 }],
        [Part(1, [1]) with { Checksum = new ObjectChecksum(ChecksumFunction.Crc32, "AAAAAA==") }],
        [Part(1, [1]), Part(2, [2]) with { Checksum = new ObjectChecksum(ChecksumFunction.Crc64Nvme, "no base64") }],
    ];

    [TestCaseSource(nameof(PartsWithoutAWhole))]
    public void WholeChecksum_ThatCannotBeKnown_IsLeftOut(UploadedPart[] parts) =>
        Assert.That(CompleteDocument.WholeChecksum(parts), Is.Null);

    [Test]
    public void Redirect_WithTheRegionInTheDocument_NamesIt()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.BadRequest);

        var error = DirectErrors.FindIn(
            response, Bytes("<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>"));

        Assert.That(error!.BucketRegion, Is.EqualTo("eu-west-1"));
    }

    private static Gen<string> Text => Gen.OneOf<string>(
        Gen.OneOf("&", "<", ">", "\"", "'", "\r", "\n", "\t", "]]>", "&amp;", "ä", "\U0001F600", " "),
        Gen.Char.AlphaNumeric.Select(static c => c.ToString())).Array[0, 8].Select(string.Concat);

    private static UploadedPart Part(int number, byte[] bytes) =>
        new(number, new ETag("e"), bytes.Length) { Checksum = new ObjectChecksum(ChecksumFunction.Crc64Nvme, Checksum(bytes)) };

    private static string Checksum(byte[] bytes) => IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc64Nvme, bytes);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static S3Toolkit.Transport.ListPage<ObjectListing> Objects(string xml) =>
        ListDocument.Objects(Bytes(xml), 10, isVersion1: false);
}
