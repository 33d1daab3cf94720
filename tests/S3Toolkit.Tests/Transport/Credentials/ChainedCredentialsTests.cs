using Amazon.Runtime;
using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Tests.Transport.Credentials;

[TestFixture]
internal sealed class ChainedCredentialsTests
{
    private CredentialWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new CredentialWorld();

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public async Task Nothing_SetUp_ListsWhatWasTriedInOrder()
    {
        S3ToolkitException error = await _world.FailAsync();

        string[] lines = error.Message.Split('\n');
        Assert.That(lines[0], Is.EqualTo("No AWS credentials were found. Tried, in this order:"));
        Assert.That(lines[1], Is.EqualTo("  1. options: AccessKeyId and SecretAccessKey are not set"));
        Assert.That(lines[2], Is.EqualTo("  2. environment variables: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"));
        Assert.That(lines[3], Is.EqualTo("  3. web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set"));
        Assert.That(lines[4], Does.StartWith("  4. profile 'default': there is none in '").And.Contain(_world.Home));
        Assert.That(lines[5], Does.StartWith("  5. container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"));
        Assert.That(lines[6], Is.EqualTo("  6. EC2 instance metadata: AWS_EC2_METADATA_DISABLED is true"));
        Assert.That(lines[7], Does.Contain("aws configure").And.Contain("AWS_ACCESS_KEY_ID"));
        Assert.That(error.InnerException, Is.Null);
    }

    [Test]
    public async Task Source_ThatFails_EndsTheSearch()
    {
        _world.Config("[default]\ncredential_process = exit 1\n");
        await using var agent = new FakeHttpServer(_ => FakeAnswers.Keys("ASIATASK"));
        _world.Environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = agent.Url;

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.StartWith("The AWS credentials cannot be used: profile 'default': its credential_process ended"));
        Assert.That(error.Message, Does.Contain("  4. profile 'default'").And.Not.Contain("  5. "));
        Assert.That(error.InnerException, Is.TypeOf<CredentialSourceException>());
        Assert.That(agent.Requests, Is.Empty);
    }

    [Test]
    public async Task Creation_LooksAtNothing_FirstUseDoes()
    {
        ChainedCredentials chain = _world.Chain();
        _world.Environment["AWS_ACCESS_KEY_ID"] = "AKIALATER";
        _world.Environment["AWS_SECRET_ACCESS_KEY"] = "s";

        Assert.That(chain.Source, Is.Null);
        Assert.That((await chain.GetCredentialsAsync()).AccessKey, Is.EqualTo("AKIALATER"));
        Assert.That(chain.Source, Is.TypeOf<EnvironmentLink>());
    }

    [Test]
    public async Task Failure_IsNotKept_TheNextCallSearchesAgain()
    {
        ChainedCredentials chain = _world.Chain();
        await CredentialWorld.FailAsync(chain);

        _world.Credentials("[default]\naws_access_key_id = AKIANOW\naws_secret_access_key = s\n");

        Assert.That((await chain.GetCredentialsAsync()).AccessKey, Is.EqualTo("AKIANOW"));
    }

    [Test]
    public async Task ManyCallers_AtOnce_ShareOneSearch()
    {
        var release = new TaskCompletionSource();
        await using var agent = new FakeHttpServer(_ =>
        {
            release.Task.Wait();
            return FakeAnswers.Keys("ASIATASK");
        });
        _world.Environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = agent.Url;
        ChainedCredentials chain = _world.Chain();

        Task<ImmutableCredentials>[] callers = [.. Enumerable.Range(0, 50).Select(_ => chain.GetCredentialsAsync())];
        Assert.That(callers.Count(t => t.IsCompleted), Is.Zero, "the callers wait without blocking their thread");
        release.SetResult();
        ImmutableCredentials[] keys = await Task.WhenAll(callers);

        Assert.That(keys.Select(k => k.AccessKey), Is.All.EqualTo("ASIATASK"));
        Assert.That(agent.Requests, Has.Count.EqualTo(1));
        Assert.That(chain.Expiration, Is.EqualTo(CredentialWorld.InAnHour.UtcDateTime).Within(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task Keys_AboutToExpire_AreFetchedAgain()
    {
        int calls = 0;
        // Inside the quarter of an hour in which new keys are fetched beside the call.
        string soon = TimeProvider.System.GetUtcNow().AddMinutes(5).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        await using var agent = new FakeHttpServer(_ => Interlocked.Increment(ref calls) == 1
            ? new FakeAnswer(200, $$"""{"AccessKeyId":"ASIAFIRST","SecretAccessKey":"s","Token":"t","Expiration":"{{soon}}"}""")
            : FakeAnswers.Keys("ASIASECOND"));
        _world.Environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = agent.Url;
        ChainedCredentials chain = _world.Chain();

        await chain.GetCredentialsAsync();
        Assert.That(
            async () => (await chain.GetCredentialsAsync()).AccessKey,
            Is.EqualTo("ASIASECOND").After(10).Seconds.PollEvery(20).MilliSeconds);
    }

    [Test]
    public void Synchronous_Use_GivesTheSameKeys()
    {
        _world.Environment["AWS_ACCESS_KEY_ID"] = "AKIAENV";
        _world.Environment["AWS_SECRET_ACCESS_KEY"] = "s";

        Assert.That(_world.Chain().GetCredentials().AccessKey, Is.EqualTo("AKIAENV"));
    }

    [Test]
    public void Settings_AsText_HoldNoSecret()
    {
        var settings = new CredentialSettings { AccessKeyId = "AKIAOPT", SecretAccessKey = "opt-secret", SessionToken = "opt-token" };

        Assert.That($"{settings} {_world.Context(settings)}", Does.Not.Contain("opt-secret").And.Not.Contain("opt-token"));
    }
}
