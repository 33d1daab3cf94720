namespace S3Toolkit.Server.Tests.Hosting;

public sealed class ServerOptionsTests
{
    private static readonly TestCaseData<Action<S3ServerOptions>, string>[] Wrong =
    [
        new(o => o.HeaderTimeout = TimeSpan.Zero, "HeaderTimeout"),
        new(o => o.IdleTimeout = TimeSpan.FromSeconds(-5), "IdleTimeout"),
        new(o => o.ShutdownTimeout = TimeSpan.MaxValue, "ShutdownTimeout"),
        new(o => o.BodyGracePeriod = TimeSpan.FromSeconds(1), "BodyGracePeriod"),
        new(o => o.MaxHeaderBytes = 0, "MaxHeaderBytes"),
        new(o => o.MaxHeaders = 0, "MaxHeaders"),
        new(o => o.MaxFormFieldBytes = 0, "MaxFormFieldBytes"),
        new(o => o.MaxRequestLineBytes = -1, "MaxRequestLineBytes"),
        new(o => o.MaxConnections = 0, "MaxConnections"),
        new(o => o.MinBodyBytesPerSecond = 0, "MinBodyBytesPerSecond"),
        new(o => o.MaxXmlElements = 0, "MaxXmlElements"),
        new(o => o.MaxXmlDepth = 0, "MaxXmlDepth"),
        new(o => o.MaxQueryParameters = 0, "MaxQueryParameters"),
    ];

    [TestCaseSource(nameof(Wrong))]
    public void CreateInMemory_OptionOutOfRange_IsNamed(Action<S3ServerOptions> spoil, string name)
    {
        S3ServerOptions options = new();
        spoil(options);

        Assert.That(() => S3Server.CreateInMemory(options),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
    }

    [TestCase("ftp://user:TOPSECRET@host/TOPSECRET?a=TOPSECRET")]
    [TestCase("TOPSECRET")]
    public void CreateInMemory_WrongAddress_TellsNoSecretOfIt(string address)
    {
        Uri uri = new(address, UriKind.RelativeOrAbsolute);

        Assert.That(
            () => S3Server.CreateInMemory(new S3ServerOptions { NotificationWebhook = uri }),
            Throws.ArgumentException.With.Message.Contains("NotificationWebhook").And.Message.Not.Contains("TOPSECRET"));
        Assert.That(
            () => new S3ReplicationTarget(uri, "key", "secret"),
            Throws.ArgumentException.With.Message.Contains("endpoint").And.Message.Not.Contains("TOPSECRET"));
    }

    [Test]
    public async Task StartAsync_LargestLimits_Starts()
    {
        S3ServerOptions options = new()
        {
            MaxHeaderBytes = 4 * 1024 * 1024, MaxRequestLineBytes = 2 * 1024 * 1024, HeaderTimeout = Timeout.InfiniteTimeSpan,
            IdleTimeout = Timeout.InfiniteTimeSpan, ShutdownTimeout = TimeSpan.FromDays(49), MaxConnections = 1,
        };

        await using S3Server server = await S3Server.StartAsync(options);

        Assert.That(server.Endpoint.Port, Is.Positive);
    }
}
