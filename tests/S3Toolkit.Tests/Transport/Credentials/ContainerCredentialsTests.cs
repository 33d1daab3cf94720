using Amazon.Runtime;

namespace S3Toolkit.Tests.Transport.Credentials;

[TestFixture]
internal sealed class ContainerCredentialsTests
{
    private CredentialWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new CredentialWorld();

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public async Task Agent_WithToken_GetsTheTasksKeys()
    {
        await using FakeHttpServer agent = Agent(_ => FakeAnswers.Keys("ASIATASK"));
        _world.Environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "Bearer abc";

        ImmutableCredentials keys = await _world.GetAsync();

        Assert.That((keys.AccessKey, keys.Token), Is.EqualTo(("ASIATASK", FakeAnswers.SessionToken)));
        Assert.That(agent.Requests[0].Target, Is.EqualTo("/v1/keys?id=task"));
        Assert.That(agent.Requests[0].Headers["Authorization"], Is.EqualTo("Bearer abc"));
    }

    [Test]
    public async Task Agent_TokenFile_WinsOverTheTokenAndMayEndInALineBreak()
    {
        await using FakeHttpServer agent = Agent(_ => FakeAnswers.Keys("ASIATASK"));
        _world.Environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "from-variable";
        _world.Environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = _world.TextFile("pod-token", "from-file\n");

        await _world.GetAsync();

        Assert.That(agent.Requests[0].Headers["Authorization"], Is.EqualTo("from-file"));
    }

    [Test]
    public async Task Agent_FailsTwice_IsAskedAgain()
    {
        int calls = 0;
        await using FakeHttpServer agent = Agent(
            _ => Interlocked.Increment(ref calls) < 3 ? new FakeAnswer(500, "busy") : FakeAnswers.Keys("ASIATASK"));

        Assert.That((await _world.GetAsync()).AccessKey, Is.EqualTo("ASIATASK"));
        Assert.That(agent.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Agent_Answers500_SaysSoAndStopsThere()
    {
        await using FakeHttpServer agent = Agent(_ => new FakeAnswer(500, "LEAKED-BODY"));

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain($"container: {agent.Url}: HTTP 500 (attempt 3 of 3)"));
        Assert.That(error.ToString(), Does.Not.Contain("LEAKED-BODY").And.Not.Contain("id=task"));
    }

    [Test]
    public async Task Agent_Answers403_IsNotAskedAgain()
    {
        await using FakeHttpServer agent = Agent(_ => new FakeAnswer(403, "no"));

        Assert.That((await _world.FailAsync()).Message, Does.Contain("HTTP 403 (attempt 1 of 3)"));
        Assert.That(agent.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Agent_NeverAnswers_IsGivenUp()
    {
        _world.Timeouts = _world.Timeouts with { Container = TimeSpan.FromMilliseconds(100), ContainerAttempts = 1 };
        await using FakeHttpServer agent = Agent(_ => FakeAnswer.Silence);

        Assert.That((await _world.FailAsync()).Message, Does.Contain($"{agent.Url}: no answer within 0.1 s"));
    }

    [TestCase("LEAKED-BODY", "not a JSON object")]
    [TestCase("{\"AccessKeyId\":\"LEAKED-BODY\"}", "SecretAccessKey is missing")]
    public async Task Agent_AnswersGarbage_SaysWhatIsWrong(string body, string expected)
    {
        await using FakeHttpServer agent = Agent(_ => new FakeAnswer(200, body));

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain(expected));
        Assert.That(error.ToString(), Does.Not.Contain("LEAKED-BODY"));
    }

    [TestCase("http://example.org/keys", "points to host 'example.org' over plain http")]
    [TestCase("ftp://127.0.0.1/keys", "is not an http or https address")]
    [TestCase("keys", "is not an http or https address")]
    public async Task FullUri_ThatMayNotBeCalled_IsRefused(string uri, string expected)
    {
        _world.Environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = uri;

        Assert.That((await _world.FailAsync()).Message, Does.Contain("AWS_CONTAINER_CREDENTIALS_FULL_URI " + expected));
    }

    [Test]
    public async Task Token_WithLineBreak_IsRefusedBeforeItIsSent()
    {
        await using FakeHttpServer agent = Agent(_ => FakeAnswers.Keys("ASIATASK"));
        _world.Environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "a\r\nX-Injected: b";

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("authorization token has a line break").And.Not.Contain("X-Injected"));
        Assert.That(agent.Requests, Is.Empty);
    }

    private FakeHttpServer Agent(Func<FakeRequest, FakeAnswer> answer)
    {
        var server = new FakeHttpServer(answer);
        _world.Environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = server.Url + "/v1/keys?id=task";
        return server;
    }
}
