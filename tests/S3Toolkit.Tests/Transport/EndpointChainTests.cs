using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Tests.Transport;

[TestFixture]
public sealed class EndpointChainTests
{
    [Test]
    public void Find_ServiceVariable_GoesBeforeTheGeneralOne() => Assert.That(
        Find(new() { ["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:1", ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:2" }),
        Is.EqualTo(new Uri("http://127.0.0.1:1")));

    [Test]
    public void Find_GeneralVariable_IsTaken() =>
        Assert.That(Find(new() { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:2" }), Is.EqualTo(new Uri("http://127.0.0.1:2")));

    [Test]
    public void Find_ToldToIgnoreThem_FindsNone() => Assert.That(
        Find(new() { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:2", ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true" }), Is.Null);

    [Test]
    public void Find_NothingSet_IsAws() => Assert.That(Find([]), Is.Null);

    [Test]
    public void Find_Profile_NamesIt()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "[profile work]\nendpoint_url = http://127.0.0.1:3\n");
            Assert.That(
                Find(new() { ["AWS_CONFIG_FILE"] = file, ["AWS_PROFILE"] = "work", ["AWS_SHARED_CREDENTIALS_FILE"] = file + ".none" }),
                Is.EqualTo(new Uri("http://127.0.0.1:3")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Uri? Find(Dictionary<string, string> environment)
    {
        environment.TryAdd("HOME", Path.Combine(Path.GetTempPath(), "no-such-home"));
        return EndpointChain.Find(new CredentialContext(new CredentialSettings(), environment.GetValueOrDefault, TimeProvider.System));
    }
}
