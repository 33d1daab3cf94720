using System.Globalization;
using Amazon.Runtime;
using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Tests.Transport.Credentials;

[TestFixture]
internal sealed class SsoCredentialsTests
{
    private const string StartUrl = "https://example.awsapps.com/start";
    private CredentialWorld _world = null!;

    [SetUp]
    public void SetUp()
    {
        _world = new CredentialWorld();
        _world.Config($"""
            [default]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = Reader
            [sso-session corp]
            sso_start_url = {StartUrl}
            sso_region = eu-west-1
            """);
    }

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public async Task Session_TokenInTheCache_GetsTheRolesKeys()
    {
        await using FakeHttpServer sso = Portal(_ => FakeAnswers.SsoKeys("ASIASSO"));
        _world.SsoCache("corp", Token(hours: 1));

        ImmutableCredentials keys = await _world.GetAsync();

        Assert.That((keys.AccessKey, keys.Token), Is.EqualTo(("ASIASSO", FakeAnswers.SessionToken)));
        Assert.That(sso.Requests[0].Target, Does.StartWith("/federation/credentials"));
        Assert.That(sso.Requests[0].Target, Does.Contain("role_name=Reader").And.Contain("account_id=123456789012"));
        Assert.That(sso.Requests[0].Headers["x-amz-sso_bearer_token"], Is.EqualTo("ACCESS-TOKEN"));
    }

    [Test]
    public async Task OlderForm_WithoutSession_FindsTheTokenByItsStartUrl()
    {
        await using FakeHttpServer sso = Portal(_ => FakeAnswers.SsoKeys("ASIASSO"));
        _world.Config($"[default]\nsso_start_url = {StartUrl}\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = Reader\n");
        _world.SsoCache(StartUrl, Token(hours: 1).Replace("Z\"", "UTC\"", StringComparison.Ordinal));

        Assert.That((await _world.GetAsync()).AccessKey, Is.EqualTo("ASIASSO"));
    }

    [Test]
    public async Task Session_NobodyLoggedIn_GivesTheCommand()
    {
        string message = (await _world.FailAsync()).Message;

        Assert.That(message, Does.Contain("nobody has logged in to SSO").And.Contain("run 'aws sso login --profile default'"));
    }

    [Test]
    public async Task Session_TokenExpired_GivesTheCommandAndNoToken()
    {
        _world.SsoCache("corp", Token(hours: -1));

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("the SSO login expired at").And.Contain("run 'aws sso login --profile default'"));
        Assert.That(error.ToString(), Does.Not.Contain("ACCESS-TOKEN"));
    }

    [Test]
    public async Task Session_TokenFileIsGarbage_SaysSo()
    {
        _world.SsoCache("corp", "GARBAGE-WITH-SECRETS");

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("is not readable as a token"));
        Assert.That(error.ToString(), Does.Not.Contain("GARBAGE-WITH-SECRETS"));
    }

    [Test]
    public async Task Session_TokenRefused_GivesTheCommand()
    {
        await using FakeHttpServer sso = Portal(
            _ => new FakeAnswer(401, """{"__type":"UnauthorizedException","message":"Session token not found or invalid"}"""));
        _world.SsoCache("corp", Token(hours: 1));

        string message = (await _world.FailAsync()).Message;

        Assert.That(message, Does.Contain("SSO no longer accepts the login; run 'aws sso login --profile default'"));
    }

    [Test]
    public async Task Session_ExpiredTokenThatMayBeRefreshed_IsRefreshedAndWrittenBack()
    {
        await using FakeHttpServer sso = Portal(_ => FakeAnswers.SsoKeys("ASIASSO"));
        await using var oidc = new FakeHttpServer(_ => new FakeAnswer(
            200, """{"accessToken":"FRESH-TOKEN","expiresIn":3600,"refreshToken":"NEXT-REFRESH","tokenType":"Bearer"}"""));
        _world.Environment["AWS_ENDPOINT_URL_SSO_OIDC"] = oidc.Url;
        string path = _world.SsoCache("corp", RefreshableToken());

        await _world.GetAsync();

        Assert.That(sso.Requests[0].Headers["x-amz-sso_bearer_token"], Is.EqualTo("FRESH-TOKEN"));
        Assert.That(oidc.Requests[0].Body, Does.Contain("\"refresh_token\"").And.Contain("OLD-REFRESH"));
        SsoToken saved = SsoToken.Parse(await File.ReadAllTextAsync(path))!;
        Assert.That((saved.AccessToken, saved.RefreshToken, saved.ClientId), Is.EqualTo(("FRESH-TOKEN", "NEXT-REFRESH", "client")));
        Assert.That(await File.ReadAllTextAsync(path), Does.Contain(StartUrl), "what else the CLI keeps in the file stays");
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Is.EqualTo([path]), "no temporary file stays behind");
    }

    [Test]
    public async Task Session_RefreshRefused_GivesTheCommand()
    {
        await using var oidc = new FakeHttpServer(_ => new FakeAnswer(400, """{"error":"invalid_grant","error_description":"SENTINEL"}"""));
        _world.Environment["AWS_ENDPOINT_URL_SSO_OIDC"] = oidc.Url;
        _world.SsoCache("corp", RefreshableToken());

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("the SSO login expired at").And.Contain("aws sso login"));
        Assert.That(error.Message, Does.Not.Contain("OLD-REFRESH").And.Not.Contain("SENTINEL"));
    }

    [Test]
    public async Task Profile_WithoutSessionSection_NamesTheFile()
    {
        _world.Config("[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = Reader\n");

        Assert.That((await _world.FailAsync()).Message, Does.Contain("there is no [sso-session corp] in").And.Contain(_world.Home));
    }

    [Test]
    public async Task Profile_WithoutRoleName_NamesWhatIsMissing()
    {
        _world.Config($"[default]\nsso_start_url = {StartUrl}\nsso_region = eu-west-1\nsso_account_id = 1\n");

        Assert.That((await _world.FailAsync()).Message, Does.Contain("it is an SSO profile without sso_role_name"));
    }

    private static string Token(int hours, string more = "")
    {
        DateTime time = TimeProvider.System.GetUtcNow().AddHours(hours).UtcDateTime;
        string expires = time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $$"""{"startUrl":"{{StartUrl}}","region":"eu-west-1","accessToken":"ACCESS-TOKEN","expiresAt":"{{expires}}"{{more}}}""";
    }

    private static string RefreshableToken() => Token(
        hours: -1,
        ","
        + """ "refreshToken":"OLD-REFRESH","clientId":"client","clientSecret":"CLIENT-SECRET", """
        + $""" "registrationExpiresAt":"{CredentialWorld.InAnHourText}" """);

    private FakeHttpServer Portal(Func<FakeRequest, FakeAnswer> answer)
    {
        var server = new FakeHttpServer(answer);
        _world.Environment["AWS_ENDPOINT_URL_SSO"] = server.Url;
        return server;
    }
}
