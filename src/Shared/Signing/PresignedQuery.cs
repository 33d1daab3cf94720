using System.Globalization;

namespace S3Toolkit.Signing;

/// <summary>The SigV4 parameters of a presigned request.</summary>
/// <param name="Authorization">Who signed what.</param>
/// <param name="AmzDate">The <c>X-Amz-Date</c> as sent.</param>
/// <param name="Time">The same, parsed: from when the request is valid.</param>
/// <param name="LifetimeSeconds">1 to 604,800 seconds from <paramref name="Time"/>.</param>
internal sealed record PresignedQuery(SigV4Authorization Authorization, string AmzDate, DateTimeOffset Time, int LifetimeSeconds)
{
    private const string SixParameters =
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, "
        + "X-Amz-SignedHeaders, and X-Amz-Expires parameters.";

    public DateTimeOffset Expiry => Time.AddSeconds(LifetimeSeconds);

    /// <summary>Reads the parameters of a request.</summary>
    /// <param name="parameter">The decoded value of a query parameter, null when absent.</param>
    /// <param name="query">What was read.</param>
    /// <returns>The problem in S3's words, or null when all is well-formed.</returns>
    public static string? Parse(Func<string, string?> parameter, out PresignedQuery? query)
    {
        query = null;
        string? algorithm = parameter(SigV4.AlgorithmParameter);
        string? credential = parameter(SigV4.CredentialParameter);
        string? signature = parameter(SigV4.SignatureParameter);
        string? amzDate = parameter(SigV4.DateParameter);
        string? signedHeaders = parameter(SigV4.SignedHeadersParameter);
        string? expires = parameter(SigV4.ExpiresParameter);
        if (string.IsNullOrEmpty(algorithm) || string.IsNullOrEmpty(credential) || string.IsNullOrEmpty(signature)
            || string.IsNullOrEmpty(amzDate) || string.IsNullOrEmpty(signedHeaders) || string.IsNullOrEmpty(expires))
        {
            return SixParameters;
        }

        if (algorithm != SigV4.Algorithm) return "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"";
        if (CredentialText.Parse(credential, out string accessKeyId, out CredentialScope scope) is { } problem)
        {
            return "Error parsing the X-Amz-Credential parameter; " + problem;
        }

        if (!SigningTime.TryParse(amzDate, out DateTimeOffset time))
        {
            return "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"";
        }

        if (ParseExpires(expires, out int seconds) is { } expiresProblem) return expiresProblem;
        if (!amzDate.StartsWith(scope.Date, StringComparison.Ordinal))
        {
            return $"Invalid credential date \"{scope.Date}\". This date is not the same as X-Amz-Date: \"{amzDate[..8]}\".";
        }

        string[] names = AuthorizationHeader.SplitNames(signedHeaders);
        query = new PresignedQuery(new SigV4Authorization(accessKeyId, scope, names, signature), amzDate, time, seconds);
        return null;
    }

    private static string? ParseExpires(string text, out int seconds)
    {
        seconds = 0;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            return "X-Amz-Expires should be a number";
        }
        if (value < 0) return "X-Amz-Expires must be non-negative";
        if (value > (long)SigV4.MaxPresignedLifetime.TotalSeconds)
        {
            return "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds";
        }

        seconds = (int)value;
        return null;
    }
}
