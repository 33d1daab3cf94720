using Amazon.Runtime;

namespace S3Toolkit.Tests.Transport.Credentials;

[TestFixture]
internal sealed class InstanceMetadataTests
{
    private const string RolePath = "/latest/meta-data/iam/security-credentials/";
    private CredentialWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new CredentialWorld();

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public async Task Version2_TokenFirst_ThenRoleThenKeys()
    {
        await using FakeHttpServer imds = Imds(Version2);

        ImmutableCredentials keys = await _world.GetAsync();

        Assert.That((keys.AccessKey, keys.Token), Is.EqualTo(("ASIAEC2", FakeAnswers.SessionToken)));
        string[] expected = ["PUT /latest/api/token", "GET " + RolePath, "GET " + RolePath + "my-role"];
        Assert.That(imds.Requests.Select(r => $"{r.Method} {r.Target}"), Is.EqualTo(expected));
        Assert.That(imds.Requests[0].Headers["x-aws-ec2-metadata-token-ttl-seconds"], Is.EqualTo("21600"));
        Assert.That(imds.Requests.Skip(1).Select(r => r.Headers["x-aws-ec2-metadata-token"]), Is.All.EqualTo("IMDS-TOKEN"));
    }

    [Test]
    public async Task Version1_WhereThereAreNoTokens_IsUsed()
    {
        await using FakeHttpServer imds = Imds(r => r.Method == "PUT" ? new FakeAnswer(404, "") : Version2(r));

        Assert.That((await _world.GetAsync()).AccessKey, Is.EqualTo("ASIAEC2"));
        Assert.That(imds.Requests[1].Headers.Keys, Does.Not.Contain("x-aws-ec2-metadata-token"));
    }

    [Test]
    public async Task Version1_TurnedOff_IsNotUsed()
    {
        await using FakeHttpServer imds = Imds(r => r.Method == "PUT" ? new FakeAnswer(404, "") : Version2(r));
        _world.Environment["AWS_EC2_METADATA_V1_DISABLED"] = "true";

        Assert.That((await _world.FailAsync()).Message, Does.Contain("EC2 instance metadata").And.Contain("HTTP 404"));
        Assert.That(imds.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Instance_WithoutRole_SaysSo()
    {
        await using FakeHttpServer imds = Imds(r => r.Method == "PUT" ? new FakeAnswer(200, "IMDS-TOKEN") : new FakeAnswer(404, ""));

        Assert.That((await _world.FailAsync()).Message, Does.Contain("this instance has no role"));
    }

    [Test]
    public async Task Service_ReportsAFailure_TellsItsCode()
    {
        await using FakeHttpServer imds = Imds(r => r.Target.EndsWith("my-role", StringComparison.Ordinal)
            ? new FakeAnswer(200, """{"Code":"AssumeRoleUnauthorizedAccess","Message":"SENTINEL"}""") : Version2(r));

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("no keys for role 'my-role': the service says AssumeRoleUnauthorizedAccess"));
        Assert.That(error.ToString(), Does.Not.Contain("SENTINEL"));
    }

    [Test]
    public async Task Keys_ExpiredInAnOutage_AreUsedFurther()
    {
        await using FakeHttpServer imds = Imds(r => r.Target.EndsWith("my-role", StringComparison.Ordinal)
            ? new FakeAnswer(200, """{"AccessKeyId":"ASIAOLD","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}""")
            : Version2(r));

        Assert.That((await _world.GetAsync()).AccessKey, Is.EqualTo("ASIAOLD"));
    }

    [Test]
    public async Task Nobody_Listening_IsTheLastOfTheList()
    {
        _world.Environment["AWS_EC2_METADATA_DISABLED"] = "false";
        _world.Environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://127.0.0.1:9";

        Assert.That((await _world.FailAsync()).Message, Does.Contain("6. EC2 instance metadata: http://127.0.0.1:9: no connection"));
    }

    [Test]
    public async Task Service_NeverAnswers_IsGivenUp()
    {
        await using FakeHttpServer imds = Imds(_ => FakeAnswer.Silence);
        _world.Timeouts = _world.Timeouts with { InstanceMetadata = TimeSpan.FromMilliseconds(100) };

        Assert.That((await _world.FailAsync()).Message, Does.Contain($"{imds.Url}: no answer within 0.1 s"));
    }

    [Test]
    public async Task Endpoint_NoAddress_IsNamed()
    {
        _world.Environment["AWS_EC2_METADATA_DISABLED"] = "false";
        _world.Environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "nonsense";

        Assert.That((await _world.FailAsync()).Message, Does.Contain("AWS_EC2_METADATA_SERVICE_ENDPOINT is 'nonsense'"));
    }

    public static FakeAnswer Version2(FakeRequest request) => (request.Method, request.Target) switch
    {
        ("PUT", "/latest/api/token") => new FakeAnswer(200, "IMDS-TOKEN", "text/plain"),
        ("GET", RolePath) => new FakeAnswer(200, "my-role\n", "text/plain"),
        ("GET", RolePath + "my-role") => FakeAnswers.Keys("ASIAEC2"),
        ("GET", "/latest/meta-data/placement/region") => new FakeAnswer(200, "ap-south-1", "text/plain"),
        _ => new FakeAnswer(404, ""),
    };

    private FakeHttpServer Imds(Func<FakeRequest, FakeAnswer> answer)
    {
        var server = new FakeHttpServer(answer);
        _world.Environment["AWS_EC2_METADATA_DISABLED"] = "false";
        _world.Environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = server.Url;
        return server;
    }
}
