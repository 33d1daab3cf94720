using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Hosting;

/// <summary>What samples/LocalServer prints ends in the logs of whoever runs it.</summary>
public sealed class LocalServerSecretTests
{
    [Test]
    public async Task Start_WrongWebhook_IsNotRepeated()
    {
        (int exitCode, string errors) = await LocalServerProcess.RunRefusedAsync("--webhook", "ftp://user:TOPSECRET@host/");

        Assert.That(exitCode, Is.EqualTo(2), errors);
        Assert.That(errors, Does.Contain("--webhook").And.Not.Contain("TOPSECRET"));
    }

    [Test]
    public async Task Start_SecretOfTheUsersOwn_IsNotPrinted()
    {
        using TemporaryFolder data = new();
        await using LocalServerProcess server = await LocalServerProcess.StartAsync(data.Path);

        Assert.That(server.Printed, Does.Contain("AWS_SECRET_ACCESS_KEY=").And.Not.Contain(LocalServerProcess.SecretKey));
    }
}
