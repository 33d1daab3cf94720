using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Access;

public sealed class GrantHeaderTests
{
    [TestCase("id=\"a\"", "id=a")]
    [TestCase("id=a", "id=a")]
    [TestCase(" ID=\"a\" , emailAddress=\"b@c\",uri=\"http://x/a,b\"", "id=a|emailaddress=b@c|uri=http://x/a,b")]
    public void Parse_Grantees_GivesEach(string text, string expected) =>
        Assert.That(
            string.Join('|', GrantHeader.Parse("x-amz-grant-read", text).Select(item => $"{item.Kind}={item.Value}")),
            Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("a")]
    [TestCase("id=")]
    [TestCase("id=\"a\",")]
    [TestCase("id=\"a")]
    [TestCase("name=\"a\"")]
    public void Parse_NoGrantees_IsRefused(string text) =>
        Assert.That(
            () => GrantHeader.Parse("x-amz-grant-read", text).ToArray(),
            Throws.InstanceOf<S3ErrorException>().With.Property("Error").Property("Code").EqualTo("InvalidArgument"));
}
