using Amazon.Runtime;

namespace S3Toolkit.Tests.Transport.Credentials;

[TestFixture]
[Platform(Exclude = "Win", Reason = "The commands are written for sh.")]
internal sealed class ProcessCredentialsTests
{
    private CredentialWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new CredentialWorld();

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public async Task Process_PrintsKeys_TheyAreUsed()
    {
        string end = CredentialWorld.InAnHourText;
        Command($$"""echo '{"Version":1,"AccessKeyId":"ASIAPROC","SecretAccessKey":"s","SessionToken":"t","Expiration":"{{end}}"}'""");

        ImmutableCredentials keys = await _world.GetAsync();

        Assert.That((keys.AccessKey, keys.SecretKey, keys.Token), Is.EqualTo(("ASIAPROC", "s", "t")));
    }

    [Test]
    public async Task Process_PrintsKeysThatNeverExpire_RunsOnce()
    {
        string count = Path.Combine(_world.Home, "runs");
        Command($$"""echo run >> '{{count}}'; echo '{"Version":1,"AccessKeyId":"AKIAPROC","SecretAccessKey":"s"}'""");
        var chain = _world.Chain();

        await chain.GetCredentialsAsync();
        await chain.GetCredentialsAsync();

        Assert.That(await File.ReadAllLinesAsync(count), Has.Length.EqualTo(1));
    }

    [TestCase("echo oops >&2; exit 3", "ended with exit code 3: oops")]
    [TestCase("exit 4", "ended with exit code 4 and said nothing")]
    [TestCase("echo LEAKED-OUTPUT", "printed something that is not a JSON object")]
    [TestCase("echo '[\"LEAKED-OUTPUT\"]'", "printed something that is not a JSON object")]
    [TestCase("echo '{\"Version\":2,\"AccessKeyId\":\"LEAKED-OUTPUT\"}'", "did not print \"Version\": 1")]
    [TestCase("echo '{\"Version\":1,\"AccessKeyId\":\"LEAKED-OUTPUT\"}'", "SecretAccessKey is missing")]
    [TestCase("echo '{\"Version\":1,\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"LEAKED-OUTPUT\",\"Expiration\":\"soon\"}'", "not a time")]
    [TestCase("/nowhere/at/all", "ended with exit code 127")]
    public async Task Process_ThatFails_SaysHowAndShowsNoOutput(string command, string expected)
    {
        Command(command);

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("profile 'default': its credential_process").And.Contain(expected));
        Assert.That(error.ToString(), Does.Not.Contain("LEAKED-OUTPUT"));
    }

    [Test]
    public async Task Process_KeysHaveExpired_SaysSo()
    {
        Command("""echo '{"Version":1,"AccessKeyId":"ASIAPROC","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}'""");

        Assert.That((await _world.FailAsync()).Message, Does.Contain("expired"));
    }

    [Test]
    public async Task Process_ThatDoesNotEnd_IsKilled()
    {
        string pidFile = Path.Combine(_world.Home, "pid");
        _world.Timeouts = _world.Timeouts with { Process = TimeSpan.FromMilliseconds(300) };
        Command($"echo $$ > '{pidFile}'; exec sleep 600");

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("did not end within 0.3 s"));
        Assert.That(File.Exists("/proc/" + (await File.ReadAllTextAsync(pidFile)).Trim() + "/fd/0"), Is.False);
    }

    private void Command(string command) => _world.Config($"[default]\ncredential_process = {command}\n");
}
