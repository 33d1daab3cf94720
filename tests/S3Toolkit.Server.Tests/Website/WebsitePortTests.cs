namespace S3Toolkit.Server.Tests.Website;

public sealed class WebsitePortTests
{
    [Test]
    public async Task WebsitePort_Null_ServesNoSites()
    {
        await using S3Server server = await S3Server.StartAsync();

        Assert.That(server.WebsiteEndpoint, Is.Null);
    }

    [Test]
    public async Task WebsitePort_Zero_TakesAFreeOneOfItsOwn()
    {
        await using S3Server server = await S3Server.StartAsync(new S3ServerOptions { WebsitePort = 0 });

        Assert.That(server.WebsiteEndpoint!.Port, Is.Not.EqualTo(server.Endpoint.Port).And.GreaterThan(0));
    }

    [Test]
    public async Task WebsitePort_Taken_StartsNothing()
    {
        await using S3Server first = await S3Server.StartAsync(new S3ServerOptions { WebsitePort = 0 });

        Assert.That(
            () => S3Server.StartAsync(new S3ServerOptions { WebsitePort = first.WebsiteEndpoint!.Port }),
            Throws.InstanceOf<IOException>());
        Assert.That(
            () => S3Server.StartAsync(new S3ServerOptions { WebsitePort = 0, Port = first.Endpoint.Port }),
            Throws.InstanceOf<IOException>());
    }

    [TestCase(-1)]
    [TestCase(65_536)]
    public void WebsitePort_OutOfRange_IsRefused(int port) => Assert.That(
        () => S3Server.StartAsync(new S3ServerOptions { WebsitePort = port }), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
