using System.Text;
using S3Toolkit.Server.Operations.Multipart;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Tests.Operations;

public sealed class PartSelectionTests
{
    private static readonly PartRecord[] Stored = 
    [
        .. Enumerable.Range(1, 3).Select(number => new PartRecord(number, $"e{number}", 10, default)
        {
            Checksum = new ChecksumRecord(ChecksumFunction.Crc32, $"c{number}"),
        }),
    ];

    [Test]
    public void Choose_SomeParts_GivesThoseInOrder() =>
        Assert.That(Choose([1, 3]).Select(part => part.PartNumber), Is.EqualTo(new[] { 1, 3 }));

    [TestCase(new[] { 2, 1 }, "InvalidPartOrder")]
    [TestCase(new[] { 1, 1 }, "InvalidPartOrder")]
    [TestCase(new[] { 1, 4 }, "InvalidPart")]
    [TestCase(new int[0], "MalformedXML")]
    [TestCase(new[] { 0 }, "InvalidArgument")]
    [TestCase(new[] { 10_001 }, "InvalidArgument")]
    public void Choose_FalseParts_SaysWhatIsWrong(int[] numbers, string code) =>
        Assert.That(CodeOf(() => Choose(numbers)), Is.EqualTo(code));

    [Test]
    public void Choose_CompositeWithoutPartChecksums_AsksForThem() =>
        Assert.That(CodeOf(() => Choose([1], isComposite: true)), Is.EqualTo("InvalidRequest"));

    [Test]
    public void Choose_SmallPartBeforeTheLast_IsTooSmall() =>
        Assert.That(CodeOf(() => Choose([1, 2], minPartBytes: 11)), Is.EqualTo("EntityTooSmall"));

    private static List<PartRecord> Choose(int[] numbers, bool isComposite = false, long minPartBytes = 10)
    {
        string xml = "<CompleteMultipartUpload>"
            + string.Concat(numbers.Select(number => $"<Part><PartNumber>{number}</PartNumber><ETag>\"e{number}\"</ETag></Part>"))
            + "</CompleteMultipartUpload>";
        UploadRecord upload = new() { Key = "k", UploadId = "u", Initiated = default, IsCompositeChecksum = isComposite };
        S3XmlNode document = S3XmlNode.TryParse(Encoding.UTF8.GetBytes(xml), 100, 16)!;
        List<PartRecord> chosen = PartSelection.Choose(document, Stored, upload, minPartBytes);
        PartSelection.CheckChecksums(document, chosen, upload);
        return chosen;
    }

    private static string CodeOf(Func<object> call) => Assert.Throws<S3ErrorException>(() => call())!.Error.Code;
}
