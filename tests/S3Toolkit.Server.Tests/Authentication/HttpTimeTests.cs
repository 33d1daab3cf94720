using S3Toolkit.Server.Authentication;

namespace S3Toolkit.Server.Tests.Authentication;

public sealed class HttpTimeTests
{
    [TestCase("Sun, 22 Nov 2026 12:00:00 GMT")]
    [TestCase("Sun, 22 Nov 2026 12:00:00 +0000")]
    [TestCase("Sun, 22 Nov 2026 12:00:00 -0000")]
    [TestCase("Sun, 22 Nov 2026 14:00:00 +02:00")]
    [TestCase("Mon, 22 Nov 2026 12:00:00 GMT")]
    [TestCase("22 Nov 2026 12:00:00 UTC")]
    [TestCase("Sunday, 22-Nov-26 12:00:00 GMT")]
    [TestCase("20261122T120000Z")]
    [TestCase("2026-11-22T12:00:00Z")]
    [TestCase("2026-11-22T12:00:00.000Z")]
    public void Parse_AnyForm_IsTheSameTime(string text) => Assert.That(HttpTime.Parse(text), Is.EqualTo(SignedRequest.Now));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Bad Date")]
    [TestCase("Tue, 07 Jul 1950 21:53:04 GMT")]
    [TestCase("1795348800")]
    public void Parse_NoTime_IsNull(string? text) => Assert.That(HttpTime.Parse(text), Is.Null);
}
