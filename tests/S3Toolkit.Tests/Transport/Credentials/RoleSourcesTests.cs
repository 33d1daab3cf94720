using Amazon.Runtime;
using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Tests.Transport.Credentials;

[TestFixture]
internal sealed class RoleSourcesTests
{
    private const string RoleArn = "arn:aws:iam::123456789012:role/reader";
    private CredentialWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new CredentialWorld();

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public async Task WebIdentity_OfTheEnvironment_SendsTheTokenUnsigned()
    {
        await using FakeHttpServer sts = Sts(_ => FakeAnswers.Sts("AssumeRoleWithWebIdentity", "ASIAWEB"));
        _world.Environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = _world.TextFile("token", "ID-TOKEN\n");
        _world.Environment["AWS_ROLE_ARN"] = RoleArn;
        _world.Environment["AWS_ROLE_SESSION_NAME"] = "my-session";

        ImmutableCredentials keys = await _world.GetAsync();

        Assert.That((keys.AccessKey, keys.Token), Is.EqualTo(("ASIAWEB", FakeAnswers.SessionToken)));
        Assert.That(sts.Requests, Has.Count.EqualTo(1));
        Assert.That(sts.Requests[0].Body, Does.Contain("WebIdentityToken=ID-TOKEN&").Or.EndWith("WebIdentityToken=ID-TOKEN"));
        Assert.That(sts.Requests[0].Body, Does.Contain("RoleSessionName=my-session").And.Contain("Action=AssumeRoleWithWebIdentity"));
        Assert.That(sts.Requests[0].Headers.Keys, Does.Not.Contain("Authorization"));
    }

    [Test]
    public async Task WebIdentity_TokenFileMissing_IsNamedAtOnce()
    {
        _world.Environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = Path.Combine(_world.Home, "gone");
        _world.Environment["AWS_ROLE_ARN"] = RoleArn;

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("web identity").And.Contain("gone' cannot be read: it does not exist"));
    }

    [Test]
    public async Task WebIdentity_Refused_TellsTheCodeAndNotTheToken()
    {
        await using FakeHttpServer sts = Sts(_ => FakeAnswers.StsError("AccessDenied"));
        _world.Environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = _world.TextFile("token", "ID-TOKEN");
        _world.Environment["AWS_ROLE_ARN"] = RoleArn;

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain(RoleArn).And.Contain("STS answered AccessDenied (HTTP 403)"));
        Assert.That(error.Message, Does.Not.Contain("ID-TOKEN").And.Not.Contain("SENTINEL"));
    }

    [Test]
    public async Task Profile_WebIdentityTokenFile_IsUsed()
    {
        await using FakeHttpServer sts = Sts(_ => FakeAnswers.Sts("AssumeRoleWithWebIdentity", "ASIAWEB"));
        _world.Config($"[default]\nrole_arn = {RoleArn}\nweb_identity_token_file = {_world.TextFile("token", "ID-TOKEN")}\n");

        Assert.That((await _world.GetAsync()).AccessKey, Is.EqualTo("ASIAWEB"));
    }

    [Test]
    public async Task Profile_AssumeRole_SignsWithItsSourceProfile()
    {
        await using FakeHttpServer sts = Sts(_ => FakeAnswers.Sts("AssumeRole", "ASIAROLE"));
        _world.Credentials("[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = base-secret\n");
        _world.Config($"[profile ops]\nrole_arn = {RoleArn}\nsource_profile = base\n"
            + "external_id = ext-1\nduration_seconds = 900\nregion = eu-north-1\n");

        ImmutableCredentials keys = await _world.GetAsync(new() { ProfileName = "ops" });

        Assert.That(keys.AccessKey, Is.EqualTo("ASIAROLE"));
        Assert.That(sts.Requests[0].Headers["Authorization"], Does.Contain("Credential=AKIABASE/").And.Contain("/eu-north-1/sts/"));
        Assert.That(sts.Requests[0].Body, Does.Contain("ExternalId=ext-1").And.Contain("DurationSeconds=900"));
        Assert.That(sts.Requests[0].Body, Does.Contain("RoleSessionName=s3toolkit-"));
    }

    [Test]
    public async Task Profile_AssumeRoleOfAnAssumedRole_GoesThroughBoth()
    {
        await using FakeHttpServer sts = Sts(
            r => FakeAnswers.Sts("AssumeRole", r.Body.Contains("inner", StringComparison.Ordinal) ? "ASIAINNER" : "ASIAOUTER"));
        _world.Credentials("[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = base-secret\n");
        _world.Config("""
            [profile inner]
            role_arn = arn:aws:iam::1:role/inner
            source_profile = base
            [profile outer]
            role_arn = arn:aws:iam::1:role/outer
            source_profile = inner
            """);

        ImmutableCredentials keys = await _world.GetAsync(new() { ProfileName = "outer" });

        Assert.That(keys.AccessKey, Is.EqualTo("ASIAOUTER"));
        Assert.That(
            sts.Requests.Select(r => r.Headers["Authorization"]),
            Has.One.Contains("Credential=AKIABASE/").And.One.Contains("Credential=ASIAINNER/"));
    }

    [Test]
    public async Task Profile_CredentialSourceEnvironment_SignsWithTheEnvironmentsKeys()
    {
        await using FakeHttpServer sts = Sts(_ => FakeAnswers.Sts("AssumeRole", "ASIAROLE"));
        _world.Environment["AWS_ACCESS_KEY_ID"] = "AKIAENV";
        _world.Environment["AWS_SECRET_ACCESS_KEY"] = "env-secret";
        _world.Config($"[profile ops]\nrole_arn = {RoleArn}\ncredential_source = Environment\n");

        await _world.GetAsync(new() { ProfileName = "ops" });

        Assert.That(sts.Requests[0].Headers["Authorization"], Does.Contain("Credential=AKIAENV/"));
    }

    [Test]
    public async Task Profile_CredentialSourceContainer_AsksTheContainerFirst()
    {
        await using FakeHttpServer sts = Sts(_ => FakeAnswers.Sts("AssumeRole", "ASIAROLE"));
        await using var agent = new FakeHttpServer(_ => FakeAnswers.Keys("ASIATASK"));
        _world.Environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = agent.Url + "/keys";
        _world.Config($"[profile ops]\nrole_arn = {RoleArn}\ncredential_source = EcsContainer\n");

        await _world.GetAsync(new() { ProfileName = "ops" });

        Assert.That(sts.Requests[0].Headers["Authorization"], Does.Contain("Credential=ASIATASK/"));
    }

    [TestCase("role_arn = r", "neither source_profile nor credential_source")]
    [TestCase("role_arn = r\nsource_profile = base\ncredential_source = Environment", "both source_profile and credential_source")]
    [TestCase("role_arn = r\nsource_profile = nobody", "source_profile 'nobody': it is not in")]
    [TestCase("role_arn = r\nsource_profile = ops", "is the profile itself, which has no keys")]
    [TestCase("role_arn = r\nsource_profile = loop", "ops -> loop -> ops refer to each other in a circle")]
    [TestCase("role_arn = r\nsource_profile = empty", "source_profile 'empty' has no credentials")]
    [TestCase("role_arn = r\ncredential_source = Moon", "credential_source is 'Moon'")]
    [TestCase("role_arn = r\ncredential_source = Ec2InstanceMetadata", "AWS_EC2_METADATA_DISABLED is true")]
    [TestCase("role_arn = r\nsource_profile = base\nmfa_serial = arn:aws:iam::1:mfa/u", "MFA code")]
    public async Task Profile_RoleThatCannotWork_SaysWhy(string lines, string expected)
    {
        _world.Credentials("[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = base-secret\n");
        _world.Config($"[profile ops]\n{lines}\n[profile loop]\nrole_arn = r\nsource_profile = ops\n[profile empty]\nregion = eu-west-1\n");

        S3ToolkitException error = await _world.FailAsync(new CredentialSettings { ProfileName = "ops" });

        Assert.That(error.Message, Does.Contain("profile 'ops': ").And.Contain(expected));
    }

    [Test]
    public async Task Profile_StsOutOfReach_SaysSo()
    {
        _world.Credentials("[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = base-secret\n");
        _world.Config($"[profile ops]\nrole_arn = {RoleArn}\nsource_profile = base\n");

        S3ToolkitException error = await _world.FailAsync(new CredentialSettings { ProfileName = "ops" });

        Assert.That(error.Message, Does.Contain(RoleArn).And.Contain("STS cannot be reached"));
        Assert.That(error.Message, Does.Not.Contain("base-secret"));
    }

    private FakeHttpServer Sts(Func<FakeRequest, FakeAnswer> answer)
    {
        var server = new FakeHttpServer(answer);
        _world.Environment["AWS_ENDPOINT_URL_STS"] = server.Url;
        return server;
    }
}
