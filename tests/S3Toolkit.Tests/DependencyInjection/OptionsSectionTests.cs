using Microsoft.Extensions.Configuration;
using S3Toolkit.DependencyInjection;

namespace S3Toolkit.Tests.DependencyInjection;

[TestFixture]
public sealed class OptionsSectionTests
{
    [Test]
    public void Apply_EveryOption_IsRead()
    {
        var options = Read(new()
        {
            ["Endpoint"] = "http://127.0.0.1:9000",
            ["PublicEndpoint"] = "https://files.example.com",
            ["Region"] = "eu-west-1",
            ["AccessKeyId"] = "AK",
            ["SecretAccessKey"] = "SK",
            ["SessionToken"] = "ST",
            ["Profile"] = "dev",
            ["ProfilesFile"] = "/tmp/credentials",
            ["Anonymous"] = "true",
            ["Provider"] = "MinIO",
            ["AddressingStyle"] = "always",
            ["MaxBufferBytes"] = "67108864",
            ["Transfers:PartSizeBytes"] = "5242880",
            ["Transfers:MultipartThresholdBytes"] = "5242881",
            ["Transfers:MaxConcurrency"] = "2",
            ["Transfers:CopyThresholdBytes"] = "6000000",
            ["Transfers:CopyPartSizeBytes"] = "7000000",
            ["Resilience:TotalTimeout"] = "00:01:00",
            ["Resilience:MaxAttempts"] = "7",
            ["Resilience:RetryDelay"] = "00:00:00.010",
            ["Resilience:ThrottleDelay"] = "00:00:02",
            ["Resilience:MaxRetryDelay"] = "00:00:09",
            ["Resilience:RetryBudgetTokens"] = "50",
            ["Resilience:ConnectTimeout"] = "00:00:03",
            ["Resilience:InactivityTimeout"] = "00:00:04",
            ["Resilience:BreakerFailureRatio"] = "0.25",
            ["Resilience:BreakerMinimumCalls"] = "9",
            ["Resilience:BreakerSamplingDuration"] = "00:00:20",
            ["Resilience:BreakerBreakDuration"] = "00:00:06",
            ["Resilience:MaxOpenCalls"] = "33",
        });

        Assert.That(options.Endpoint, Is.EqualTo(new Uri("http://127.0.0.1:9000")));
        Assert.That(options.PublicEndpoint, Is.EqualTo(new Uri("https://files.example.com")));
        Assert.That(
            (options.Region, options.AccessKeyId, options.SecretAccessKey, options.SessionToken, options.Profile, options.ProfilesFile),
            Is.EqualTo(("eu-west-1", "AK", "SK", "ST", "dev", "/tmp/credentials")));
        Assert.That(options.Anonymous, Is.True);
        Assert.That(options.Provider, Is.SameAs(S3ProviderProfiles.MinIO));
        Assert.That(options.AddressingStyle, Is.EqualTo(S3AddressingStyle.Always));
        Assert.That(options.MaxBufferBytes, Is.EqualTo(67108864));
        Assert.That(options.Transfers, Is.EqualTo(new TransferOptions
        {
            PartSizeBytes = 5242880, MultipartThresholdBytes = 5242881, MaxConcurrency = 2, CopyThresholdBytes = 6000000,
            CopyPartSizeBytes = 7000000,
        }));
        Assert.That(options.Resilience, Is.EqualTo(new ResilienceOptions
        {
            TotalTimeout = TimeSpan.FromMinutes(1),
            MaxAttempts = 7,
            RetryDelay = TimeSpan.FromMilliseconds(10),
            ThrottleDelay = TimeSpan.FromSeconds(2),
            MaxRetryDelay = TimeSpan.FromSeconds(9),
            RetryBudgetTokens = 50,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            InactivityTimeout = TimeSpan.FromSeconds(4),
            BreakerFailureRatio = 0.25,
            BreakerMinimumCalls = 9,
            BreakerSamplingDuration = TimeSpan.FromSeconds(20),
            BreakerBreakDuration = TimeSpan.FromSeconds(6),
            MaxOpenCalls = 33,
        }));
    }

    [Test]
    public void Apply_EveryPublicSetting_HasAKey()
    {
        // Whoever adds an option must say how it is configured: what only code can set is listed here.
        string[] codeOnly = [nameof(S3ToolkitOptions.HttpMessageHandlerFactory), nameof(S3ToolkitOptions.ConnectionResolver)];
        var settings = typeof(S3ToolkitOptions).GetProperties().Select(property => property.Name).Except(codeOnly)
            .Where(name => name is not ("Transfers" or "Resilience"))
            .Concat(typeof(TransferOptions).GetProperties().Select(property => "Transfers:" + property.Name))
            .Concat(typeof(ResilienceOptions).GetProperties().Select(property => "Resilience:" + property.Name));

        foreach (var setting in settings)
        {
            // A value that fits no type: known keys complain about it or take it as text, unknown ones say that they are unknown.
            var error = Assert.Catch(() => throw Try(setting) ?? new InvalidOperationException("taken"));
            Assert.That(error!.Message, Does.Not.Contain("is no option"), setting);
        }

        static Exception? Try(string setting)
        {
            try
            {
                Read(new() { [setting] = "none of them" });
                return null;
            }
            catch (InvalidOperationException error)
            {
                return error;
            }
        }
    }

    [TestCase("Regionn", "eu-west-1", "Regionn")]
    [TestCase("Resilience:MaxRetries", "3", "Resilience:MaxRetries")]
    [TestCase("Transfers:PartSize", "3", "Transfers:PartSize")]
    [TestCase("Resilience:MaxAttempts", "many", "many")]
    [TestCase("Resilience:InactivityTimeout", "30 seconds", "00:00:30")]
    [TestCase("Endpoint", "play.example.com", "absolute address")]
    [TestCase("Provider", "azure", "cloudflare-r2")]
    [TestCase("AddressingStyle", "sometimes", "Always")]
    [TestCase("Anonymous", "yes", "true or false")]
    public void Apply_WrongKeyOrValue_IsNamed(string key, string value, string expected) => Assert.That(
        () => Read(new() { [key] = value }), Throws.InvalidOperationException.With.Message.Contains(expected).And.Message.Contains(key));

    private static S3ToolkitOptions Read(Dictionary<string, string?> values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("S3Toolkit:" + pair.Key, pair.Value))).Build();
        var options = new S3ToolkitOptions();
        OptionsSection.Apply(configuration.GetSection("S3Toolkit"), options);
        return options;
    }
}
