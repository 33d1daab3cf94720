using Moq;

namespace S3Toolkit.Tests.Fluent;

[TestFixture]
internal sealed class UploadBuilderTests
{
    [Test]
    public void FromFile_NoSuchFile_FailsInTheTask()
    {
        var upload = Mock.Of<IObjectStore>().Upload("key").FromFileAsync("/no/such/file");

        Assert.That(async () => await upload, Throws.InstanceOf<FileNotFoundException>());
    }
}
