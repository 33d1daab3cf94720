using Microsoft.Extensions.Options;
using static System.FormattableString;

namespace S3Toolkit.DependencyInjection;

/// <summary>Checks the options of every store; each message names the option and its value, and never a secret.</summary>
internal sealed class OptionsValidator : IValidateOptions<S3ToolkitOptions>
{
    private const long MinBufferBytes = 32L * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, S3ToolkitOptions options)
    {
        var store = string.IsNullOrEmpty(name) ? "S3Toolkit" : $"S3Toolkit store '{name}'";
        var failures = new List<string>();
        Connection(options, failures);
        Transfers(options, failures);
        Resilience(options.Resilience, failures);
        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => $"{store}: {failure}"));
    }

    private static void Connection(S3ToolkitOptions options, List<string> failures)
    {
        Address(nameof(options.Endpoint), options.Endpoint, failures);
        Address(nameof(options.PublicEndpoint), options.PublicEndpoint, failures);
        if (options.AccessKeyId is null != options.SecretAccessKey is null)
        {
            failures.Add(options.AccessKeyId is null
                ? "SecretAccessKey is set and AccessKeyId is not. Set both, or neither for the credential chain."
                : $"AccessKeyId is '{options.AccessKeyId}' and SecretAccessKey is not set. Set both, or neither for the credential chain.");
        }

        if (options.SessionToken is not null && options.AccessKeyId is null)
            failures.Add("SessionToken is set without AccessKeyId and SecretAccessKey, which it belongs to.");
        if (options is { Anonymous: true, AccessKeyId: not null })
            failures.Add("Anonymous is true and AccessKeyId is set. Requests are either unsigned or signed: unset one.");
        if (options.Region is { } region && region.AsSpan().IndexOfAny(" /:") >= 0)
            failures.Add($"Region is '{region}'; it must be a name such as 'eu-west-1'.");
    }

    private static void Address(string option, Uri? address, List<string> failures)
    {
        if (address is null) return;
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            failures.Add($"{option} is '{address.OriginalString}'; it must begin with http:// or https://.");
        else if (address.UserInfo.Length > 0)
            failures.Add($"{option} holds a user name or password; set AccessKeyId and SecretAccessKey instead.");
        else if (address.Query.Length > 0 || address.Fragment.Length > 0)
            failures.Add($"{option} is '{address.GetLeftPart(UriPartial.Path)}' with a query or fragment, which an endpoint has not.");
    }

    private static void Transfers(S3ToolkitOptions options, List<string> failures)
    {
        var transfers = options.Transfers;
        Range(
            failures, "Transfers.PartSizeBytes", transfers.PartSizeBytes, TransferOptions.MinPartSizeBytes,
            TransferOptions.MaxPartSizeBytes, " bytes");
        Range(
            failures, "Transfers.MultipartThresholdBytes", transfers.MultipartThresholdBytes, 1, TransferOptions.MaxPartSizeBytes,
            " bytes");
        Range(failures, "Transfers.MaxConcurrency", transfers.MaxConcurrency, 1, 1000);
        Range(failures, "Transfers.CopyThresholdBytes", transfers.CopyThresholdBytes, 1, TransferOptions.MaxPartSizeBytes, " bytes");
        Range(
            failures, "Transfers.CopyPartSizeBytes", transfers.CopyPartSizeBytes, TransferOptions.MinPartSizeBytes,
            TransferOptions.MaxPartSizeBytes, " bytes");
        Range(failures, nameof(options.MaxBufferBytes), options.MaxBufferBytes, MinBufferBytes, long.MaxValue, " bytes");
        // One stream must be able to fill a part while another is sent.
        if (transfers.PartSizeBytes > options.MaxBufferBytes / 4)
        {
            failures.Add(
                Invariant($"Transfers.PartSizeBytes is {transfers.PartSizeBytes} bytes, more than a quarter of MaxBufferBytes ")
                + Invariant($"({options.MaxBufferBytes} bytes). Raise MaxBufferBytes, or lower the part size."));
        }
    }

    private static void Resilience(ResilienceOptions options, List<string> failures)
    {
        Range(failures, "Resilience.MaxAttempts", options.MaxAttempts, 1, 20);
        Range(failures, "Resilience.RetryBudgetTokens", options.RetryBudgetTokens, 0, int.MaxValue);
        Range(failures, "Resilience.BreakerMinimumCalls", options.BreakerMinimumCalls, 2, int.MaxValue);
        Range(failures, "Resilience.MaxOpenCalls", options.MaxOpenCalls, 1, int.MaxValue);
        Positive(failures, "Resilience.TotalTimeout", options.TotalTimeout);
        Positive(failures, "Resilience.ConnectTimeout", options.ConnectTimeout);
        Positive(failures, "Resilience.InactivityTimeout", options.InactivityTimeout);
        Positive(failures, "Resilience.RetryDelay", options.RetryDelay);
        Positive(failures, "Resilience.ThrottleDelay", options.ThrottleDelay);
        Positive(failures, "Resilience.MaxRetryDelay", options.MaxRetryDelay);
        // Polly takes half a second to a day for both.
        Duration(failures, "Resilience.BreakerSamplingDuration", options.BreakerSamplingDuration);
        Duration(failures, "Resilience.BreakerBreakDuration", options.BreakerBreakDuration);
        if (options.BreakerFailureRatio is not (> 0 and <= 1))
            failures.Add(Invariant($"Resilience.BreakerFailureRatio is {options.BreakerFailureRatio}; it must be above 0 and at most 1."));
    }

    private static void Range(List<string> failures, string option, long value, long min, long max, string unit = "")
    {
        if (value >= min && value <= max) return;
        failures.Add(max is long.MaxValue or int.MaxValue
            ? Invariant($"{option} is {value}{unit}; it must be at least {min}.")
            : Invariant($"{option} is {value}{unit}; it must be {min} to {max}."));
    }

    private static void Positive(List<string> failures, string option, TimeSpan? value)
    {
        if (value is { } time && (time <= TimeSpan.Zero || time > TimeSpan.FromDays(1)))
            failures.Add(Invariant($"{option} is {time.TotalSeconds} s; it must be above 0 and at most a day."));
    }

    private static void Duration(List<string> failures, string option, TimeSpan value)
    {
        if (value < TimeSpan.FromSeconds(0.5) || value > TimeSpan.FromDays(1))
            failures.Add(Invariant($"{option} is {value.TotalSeconds} s; it must be 0.5 s to a day."));
    }
}
