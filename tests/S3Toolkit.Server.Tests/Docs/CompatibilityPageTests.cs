using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Tests;

namespace S3Toolkit.Server.Tests.Docs;

/// <summary>Holds the compatibility page to the catalog, and the catalog to the SDK.</summary>
public sealed class CompatibilityPageTests
{
    private const string PagePath = "docs/s3-compatibility.md";

    [Test]
    public void Page_WrittenFromTheCatalog_IsCurrent()
    {
        string text = CompatibilityPage.Text(OperationCatalog.All, CompatibilityNotes.All);
        if (Environment.GetEnvironmentVariable("S3TOOLKIT_WRITE_DOCS") == "1") File.WriteAllText(RepositoryFiles.PathOf(PagePath), text);

        Assert.That(RepositoryFiles.Read(PagePath), Is.EqualTo(text), "The page is older than the catalog: run eng/write-docs.");
    }

    [Test]
    public void Notes_Each_AreOfAnOperation() => Assert.That(
        CompatibilityNotes.All.Keys.Except(OperationCatalog.All.Select(row => row.Name)), Is.Empty);

    [Test]
    public void Catalog_OperationsOfTheSdk_HaveARow()
    {
        Assert.That(SdkOperations.Names.Count(), Is.GreaterThan(100));
        Assert.That(
            SdkOperations.Names.Except(OperationCatalog.All.Select(row => row.Name)).Except(SdkOperations.NotOfThisServer.Keys), Is.Empty);
    }
}
