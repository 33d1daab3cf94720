using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class ContentTypesTests
{
    [TestCase("README.md", "text/markdown")]
    [TestCase("a/b/data.json", "application/json")]
    [TestCase("cat.JPG", "image/jpeg")]
    [TestCase("cat.webp", "image/webp")]
    [TestCase("cat.avif", "image/avif")]
    [TestCase("app.wasm", "application/wasm")]
    [TestCase("app.mjs", "text/javascript")]
    [TestCase("rows.parquet", "application/vnd.apache.parquet")]
    [TestCase("font.woff2", "font/woff2")]
    [TestCase("backup.tar.gz", "application/gzip")]
    [TestCase("clip.ts", "video/mp2t")]
    [TestCase(".css", "text/css")]
    [TestCase("/home/me/My Documents/a.pdf", "application/pdf")]
    public void Find_KnownExtension_IsItsType(string name, string expected) => Assert.That(ContentTypes.Find(name), Is.EqualTo(expected));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Makefile")]
    [TestCase("photos.d/cat")]
    [TestCase("a.unheard-of")]
    [TestCase("ends.with.")]
    [TestCase("png")]
    public void Find_NoKnownExtension_IsNull(string? name) => Assert.That(ContentTypes.Find(name), Is.Null);

    [Test]
    public void Count_Table_HasTheCommonOnes() => Assert.That(ContentTypes.Count, Is.GreaterThan(200));
}
