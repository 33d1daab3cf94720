using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace S3Toolkit.DependencyInjection;

/// <summary>
/// Reads a configuration section into the options. Written by hand and not bound by reflection: it trims, and a key or a value that
/// means nothing is an error that names it instead of a setting that is silently ignored.
/// </summary>
internal static class OptionsSection
{
    /// <summary>The section of named stores inside the one of the default store.</summary>
    public const string StoresKey = "Stores";

    public static void Apply(IConfigurationSection section, S3ToolkitOptions options)
    {
        foreach (var entry in section.GetChildren())
        {
            switch (entry.Key.ToUpperInvariant())
            {
                case "ENDPOINT": options.Endpoint = Address(entry); break;
                case "PUBLICENDPOINT": options.PublicEndpoint = Address(entry); break;
                case "REGION": options.Region = Text(entry); break;
                case "ACCESSKEYID": options.AccessKeyId = Text(entry); break;
                case "SECRETACCESSKEY": options.SecretAccessKey = Text(entry); break;
                case "SESSIONTOKEN": options.SessionToken = Text(entry); break;
                case "PROFILE": options.Profile = Text(entry); break;
                case "PROFILESFILE": options.ProfilesFile = Text(entry); break;
                case "ANONYMOUS": options.Anonymous = Flag(entry); break;
                case "PROVIDER": options.Provider = Provider(entry); break;
                case "ADDRESSINGSTYLE": options.AddressingStyle = Choice<S3AddressingStyle>(entry); break;
                case "TRANSPORT": options.Transport = Choice<S3TransportMode>(entry); break;
                case "ALLOWUNSIGNEDPAYLOADOVERHTTP": options.AllowUnsignedPayloadOverHttp = Flag(entry); break;
                case "MAXBUFFERBYTES": options.MaxBufferBytes = Number(entry); break;
                case "TRANSFERS": Apply(entry, options.Transfers); break;
                case "RESILIENCE": Apply(entry, options.Resilience); break;
                case "STORES": break; // named stores read their own part of it
                default: throw Unknown(entry);
            }
        }
    }

    private static void Apply(IConfigurationSection section, TransferOptions options)
    {
        foreach (var entry in section.GetChildren())
        {
            switch (entry.Key.ToUpperInvariant())
            {
                case "PARTSIZEBYTES": options.PartSizeBytes = Number(entry); break;
                case "MULTIPARTTHRESHOLDBYTES": options.MultipartThresholdBytes = Number(entry); break;
                case "MAXCONCURRENCY": options.MaxConcurrency = WholeNumber(entry); break;
                case "COPYTHRESHOLDBYTES": options.CopyThresholdBytes = Number(entry); break;
                case "COPYPARTSIZEBYTES": options.CopyPartSizeBytes = Number(entry); break;
                default: throw Unknown(entry);
            }
        }
    }

    private static void Apply(IConfigurationSection section, ResilienceOptions options)
    {
        foreach (var entry in section.GetChildren())
        {
            switch (entry.Key.ToUpperInvariant())
            {
                case "TOTALTIMEOUT": options.TotalTimeout = Duration(entry); break;
                case "MAXATTEMPTS": options.MaxAttempts = WholeNumber(entry); break;
                case "RETRYDELAY": options.RetryDelay = Duration(entry); break;
                case "THROTTLEDELAY": options.ThrottleDelay = Duration(entry); break;
                case "MAXRETRYDELAY": options.MaxRetryDelay = Duration(entry); break;
                case "RETRYBUDGETTOKENS": options.RetryBudgetTokens = WholeNumber(entry); break;
                case "CONNECTTIMEOUT": options.ConnectTimeout = Duration(entry); break;
                case "INACTIVITYTIMEOUT": options.InactivityTimeout = Duration(entry); break;
                case "BREAKERFAILURERATIO": options.BreakerFailureRatio = Ratio(entry); break;
                case "BREAKERMINIMUMCALLS": options.BreakerMinimumCalls = WholeNumber(entry); break;
                case "BREAKERSAMPLINGDURATION": options.BreakerSamplingDuration = Duration(entry); break;
                case "BREAKERBREAKDURATION": options.BreakerBreakDuration = Duration(entry); break;
                case "MAXOPENCALLS": options.MaxOpenCalls = WholeNumber(entry); break;
                default: throw Unknown(entry);
            }
        }
    }

    private static string? Text(IConfigurationSection entry) => string.IsNullOrWhiteSpace(entry.Value) ? null : entry.Value;

    private static Uri? Address(IConfigurationSection entry)
    {
        if (string.IsNullOrWhiteSpace(entry.Value)) return null;
        return Uri.TryCreate(entry.Value, UriKind.Absolute, out var address)
            ? address
            : throw Invalid(entry, "an absolute address such as https://s3.example.com");
    }

    private static S3ProviderProfile? Provider(IConfigurationSection entry) => entry.Value is null or ""
        ? null
        : S3ProviderProfiles.Find(entry.Value)
            ?? throw Invalid(entry, "a provider: " + string.Join(", ", S3ProviderProfiles.All.Select(static profile => profile.Name)));

    private static T Choice<T>(IConfigurationSection entry)
        where T : struct, Enum =>
        Enum.TryParse<T>(entry.Value, ignoreCase: true, out var choice) && Enum.IsDefined(choice)
            ? choice
            : throw Invalid(entry, "one of " + string.Join(", ", Enum.GetNames<T>()));

    private static bool Flag(IConfigurationSection entry) =>
        bool.TryParse(entry.Value, out var value) ? value : throw Invalid(entry, "true or false");

    private static long Number(IConfigurationSection entry) =>
        long.TryParse(entry.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Invalid(entry, "a whole number of bytes");

    private static int WholeNumber(IConfigurationSection entry) =>
        int.TryParse(entry.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Invalid(entry, "a whole number");

    private static double Ratio(IConfigurationSection entry) =>
        double.TryParse(entry.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Invalid(entry, "a number");

    private static TimeSpan Duration(IConfigurationSection entry) =>
        TimeSpan.TryParse(entry.Value, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Invalid(entry, "a time such as 00:00:30 (hours:minutes:seconds)");

    private static InvalidOperationException Unknown(IConfigurationSection entry) =>
        new($"'{entry.Path}' in the configuration is no option of S3Toolkit. Check its spelling against S3ToolkitOptions.");

    // The value is shown: keys that hold secrets are texts, and a text is never invalid.
    private static InvalidOperationException Invalid(IConfigurationSection entry, string expected) =>
        new($"'{entry.Path}' in the configuration is '{entry.Value}'; it must be {expected}.");
}
