using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Tests.Transport.Credentials;

/// <summary>A temporary home and an environment of its own: nothing of the machine is seen, nothing beyond loopback called.</summary>
internal sealed class CredentialWorld : IDisposable
{
    public CredentialWorld()
    {
        Directory.CreateDirectory(Path.Combine(Home, ".aws"));
        Environment["HOME"] = Home;
        Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        // Port 9 discards: a test that forgets its fake fails at once, and never leaves the machine.
        Environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
    }

    public string Home { get; } = Path.Combine(Path.GetTempPath(), "s3toolkit-" + Guid.NewGuid().ToString("N"));

    public Dictionary<string, string> Environment { get; } = [];

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public static DateTimeOffset InAnHour => TimeProvider.System.GetUtcNow().AddHours(1);

    public static string InAnHourText => InAnHour.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public CredentialTimeouts Timeouts { get; set; } = new()
    {
        InstanceMetadata = TimeSpan.FromSeconds(5),
        Container = TimeSpan.FromSeconds(5),
        ContainerPause = TimeSpan.Zero,
        Service = TimeSpan.FromSeconds(5),
        ServiceRetries = 0,
        Process = TimeSpan.FromSeconds(10),
    };

    public CredentialContext Context(CredentialSettings? settings = null) =>
        new(settings ?? new CredentialSettings(), name => Environment.GetValueOrDefault(name), Time) { Timeouts = Timeouts };

    public ChainedCredentials Chain(CredentialSettings? settings = null) => CredentialChain.Create(Context(settings));

    public Task<ImmutableCredentials> GetAsync(CredentialSettings? settings = null) => Chain(settings).GetCredentialsAsync();

    /// <summary>The error of a chain that finds nothing usable.</summary>
    public Task<S3ToolkitException> FailAsync(CredentialSettings? settings = null) => FailAsync(Chain(settings));

    public static async Task<S3ToolkitException> FailAsync(AWSCredentials credentials)
    {
        try
        {
            await credentials.GetCredentialsAsync();
        }
        catch (S3ToolkitException error)
        {
            Assert.That(error.ErrorCode, Is.EqualTo(S3ErrorCode.NoCredentials));
            return error;
        }

        throw new AssertionException("The chain found credentials where there are none.");
    }

    public void Credentials(string text) => File.WriteAllText(Path.Combine(Home, ".aws", "credentials"), text);

    public void Config(string text) => File.WriteAllText(Path.Combine(Home, ".aws", "config"), text);

    public string TextFile(string name, string text)
    {
        string path = Path.Combine(Home, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string SsoCache(string sessionName, string json)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Home, ".aws", "sso", "cache")).FullName;
        string path = Path.Combine(folder, Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(sessionName))) + ".json");
        File.WriteAllText(path, json);
        return path;
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
