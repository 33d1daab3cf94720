using Amazon.Runtime;
using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Tests.Transport.Credentials;

[TestFixture]
internal sealed class StaticSourcesTests
{
    private CredentialWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new CredentialWorld();

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public async Task Options_KeysAndToken_WinOverTheEnvironment()
    {
        _world.Environment["AWS_ACCESS_KEY_ID"] = "AKIAENV";
        _world.Environment["AWS_SECRET_ACCESS_KEY"] = "env-secret";

        var settings = new CredentialSettings { AccessKeyId = "AKIAOPT", SecretAccessKey = "opt-secret", SessionToken = "opt-token" };

        ImmutableCredentials keys = await _world.GetAsync(settings);

        Assert.That((keys.AccessKey, keys.SecretKey, keys.Token), Is.EqualTo(("AKIAOPT", "opt-secret", "opt-token")));
    }

    [Test]
    public async Task Options_KeyWithoutSecret_SaysSo()
    {
        S3ToolkitException error = await _world.FailAsync(new() { AccessKeyId = "AKIAOPT" });

        Assert.That(error.Message, Does.Contain("AccessKeyId is set, but SecretAccessKey is not"));
    }

    [Test]
    public async Task Environment_KeysAndToken_WinOverAwsProfile()
    {
        _world.Credentials("[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = dev-secret\n");
        _world.Environment["AWS_PROFILE"] = "dev";
        _world.Environment["AWS_ACCESS_KEY_ID"] = "AKIAENV";
        _world.Environment["AWS_SECRET_ACCESS_KEY"] = "env-secret";
        _world.Environment["AWS_SESSION_TOKEN"] = "env-token";

        ImmutableCredentials keys = await _world.GetAsync();

        Assert.That((keys.AccessKey, keys.SecretKey, keys.Token), Is.EqualTo(("AKIAENV", "env-secret", "env-token")));
    }

    [Test]
    public async Task Environment_KeyWithoutSecret_StopsBeforeTheProfile()
    {
        _world.Credentials("[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = other-identity\n");
        _world.Environment["AWS_ACCESS_KEY_ID"] = "AKIAENV";

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"));
    }

    [Test]
    public async Task Profile_NamedInOptions_WinsOverTheEnvironment()
    {
        _world.Credentials("[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = dev-secret\naws_session_token = dev-token\n");
        _world.Environment["AWS_ACCESS_KEY_ID"] = "AKIAENV";
        _world.Environment["AWS_SECRET_ACCESS_KEY"] = "env-secret";

        ImmutableCredentials keys = await _world.GetAsync(new() { ProfileName = "dev" });

        Assert.That((keys.AccessKey, keys.SecretKey, keys.Token), Is.EqualTo(("AKIADEV", "dev-secret", "dev-token")));
    }

    [Test]
    public async Task Profile_Default_IsReadFromTheFilesThatAwsConfigureWrites()
    {
        _world.Credentials("[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = secret/with+signs=\n");
        _world.Config("[default]\nregion = eu-west-1\noutput = json\n");

        ImmutableCredentials keys = await _world.GetAsync();

        Assert.That((keys.AccessKey, keys.SecretKey, keys.Token), Is.EqualTo(("AKIADEFAULT", "secret/with+signs=", "")));
    }

    [Test]
    public async Task Profile_FilesNamedByTheEnvironment_AreRead()
    {
        _world.Environment["AWS_SHARED_CREDENTIALS_FILE"] = _world.TextFile("my-keys", "[ops]\naws_access_key_id = AKIAOPS\n");
        _world.Environment["AWS_CONFIG_FILE"] = _world.TextFile("my-config", "[profile ops]\naws_secret_access_key = ops-secret\n");
        _world.Environment["AWS_PROFILE"] = "ops";

        ImmutableCredentials keys = await _world.GetAsync();

        Assert.That((keys.AccessKey, keys.SecretKey), Is.EqualTo(("AKIAOPS", "ops-secret")));
    }

    [Test]
    public async Task Profile_NamedAndAbsent_ListsThoseThatAreThere()
    {
        _world.Credentials("[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = dev-secret\n");
        _world.Environment["AWS_PROFILE"] = "prod";

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("profile 'prod'").And.Contain("profiles there: dev").And.Contain(_world.Home));
        Assert.That(error.Message, Does.Not.Contain("dev-secret"));
    }

    [Test]
    public async Task Profile_NamedInOptionsWithoutCredentials_DoesNotFallThrough()
    {
        _world.Config("[profile region-only]\nregion = eu-west-1\n");

        S3ToolkitException error = await _world.FailAsync(new() { ProfileName = "region-only" });

        Assert.That(error.Message, Does.Contain("profile 'region-only': it has no credentials"));
    }

    [Test]
    public async Task Profile_FileThatCannotBeRead_IsNamed()
    {
        // A folder in the file's place: chmod would not stop root.
        Directory.CreateDirectory(Path.Combine(_world.Home, ".aws", "credentials"));

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain($"'{Path.Combine(_world.Home, ".aws", "credentials")}' cannot be read: access is denied"));
    }

    [Test]
    public async Task Profile_MalformedLine_IsCountedAndNotShown()
    {
        _world.Credentials("[default]\naws_access_key_id = AKIADEFAULT\nLEAKED-SECRET-LINE\n");

        S3ToolkitException error = await _world.FailAsync();

        Assert.That(error.Message, Does.Contain("line 3").And.Contain("neither [section] nor key = value"));
        Assert.That(error.Message, Does.Not.Contain("LEAKED-SECRET-LINE"));
    }

    [Test]
    public async Task Profile_KeyWithoutSecret_SaysSo()
    {
        _world.Credentials("[default]\naws_access_key_id = AKIADEFAULT\n");

        Assert.That((await _world.FailAsync()).Message, Does.Contain("it has aws_access_key_id, but not aws_secret_access_key"));
    }

    [Test]
    public async Task Profile_OfAwsLogin_PointsToExportCredentials()
    {
        _world.Config("[default]\nlogin_session = arn:aws:iam::1:user/u\n");

        Assert.That((await _world.FailAsync()).Message, Does.Contain("aws configure export-credentials --profile default"));
    }
}
