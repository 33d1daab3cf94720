using S3Toolkit.Server.Notifications;

namespace S3Toolkit.Server.Tests.Notifications;

public sealed class NotificationOverlapTests
{
    [TestCase("a/", "", "a/b", "", true)]
    [TestCase("a/", "", "b/", "", false)]
    [TestCase("", ".jpg", "", ".png", false)]
    [TestCase("", ".jpg", "", "g", true)]
    [TestCase("a/", ".jpg", "b/", ".jpg", false)]
    public void Of_SameEvent_AsksPrefixAndSuffix(string prefix, string suffix, string otherPrefix, string otherSuffix, bool expected) =>
        Assert.That(NotificationOverlap.Of(Target(prefix, suffix, "s3:ObjectCreated:*"), Target(otherPrefix, otherSuffix,
            "s3:ObjectCreated:Put")), Is.EqualTo(expected));

    [Test]
    public void Of_DifferentEvents_IsNone() => Assert.That(
        NotificationOverlap.Of(Target("", "", "s3:ObjectCreated:Put"), Target("", "", "s3:ObjectCreated:Copy")), Is.False);

    private static NotificationTargetRecord Target(string prefix, string suffix, string name) => new()
    {
        Kind = NotificationTargetKind.Queue, Id = "i", Arn = "a", Events = [name], Prefix = prefix, Suffix = suffix,
    };
}
