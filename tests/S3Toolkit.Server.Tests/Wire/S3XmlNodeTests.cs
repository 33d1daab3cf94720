using System.Text;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Tests.Wire;

public sealed class S3XmlNodeTests
{
    [Test]
    public void TryParse_TextInManyPieces_CostsNoMoreThanItsLength()
    {
        const int pieces = 20_000;
        byte[] document = Encoding.UTF8.GetBytes("<a>" + string.Concat(Enumerable.Repeat("xy<![CDATA[z]]>", pieces)) + "</a>");
        long before = GC.GetAllocatedBytesForCurrentThread();

        S3XmlNode? node = S3XmlNode.TryParse(document, 10, 10);

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(node!.Text, Is.EqualTo(string.Concat(Enumerable.Repeat("xyz", pieces))));
        Assert.That(allocated, Is.LessThan(20_000_000)); // joined piece by piece it would be more than 2 GB
    }

    [TestCase("<a><b/><b/></a>", true)]
    [TestCase("<a><b/><b/><b/></a>", false)]
    [TestCase("<a><b></b></a>", true)]
    [TestCase("<a><b><c/></b></a>", false)]
    public void TryParse_ElementsAndDepth_AreBounded(string document, bool isRead) =>
        Assert.That(S3XmlNode.TryParse(Encoding.UTF8.GetBytes(document), maxElements: 3, maxDepth: 2), isRead ? Is.Not.Null : Is.Null);
}
