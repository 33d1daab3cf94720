using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace S3Toolkit.Transport.Credentials;

/// <summary>Clients of the services that hand out credentials.</summary>
internal static class AwsServices
{
    public static AmazonSecurityTokenServiceClient Sts(CredentialContext context, AWSCredentials credentials, string region) =>
        new(credentials, Configure(new AmazonSecurityTokenServiceConfig(), context, "STS", region));

    // The token in the request is the proof; nothing is signed.
    public static AmazonSSOClient Sso(CredentialContext context, string region) =>
        new(new AnonymousAWSCredentials(), Configure(new AmazonSSOConfig(), context, "SSO", region));

    public static AmazonSSOOIDCClient SsoOidc(CredentialContext context, string region) =>
        new(new AnonymousAWSCredentials(), Configure(new AmazonSSOOIDCConfig(), context, "SSO_OIDC", region));

    public static bool IsFailure(Exception error) =>
        error is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException;

    /// <summary>What went wrong, without a request's or an answer's content.</summary>
    public static string Describe(string serviceName, Exception error) => error switch
    {
        AmazonServiceException { ErrorCode.Length: > 0 } e => $"{serviceName} answered {e.ErrorCode} (HTTP {(int)e.StatusCode})",
        AmazonServiceException { InnerException: { } inner } => $"{serviceName} cannot be reached: {inner.Message}",
        AmazonServiceException { StatusCode: not 0 } e => $"{serviceName} answered HTTP {(int)e.StatusCode}",
        OperationCanceledException => $"{serviceName} did not answer in time",
        _ => $"{serviceName} cannot be reached: {error.Message}",
    };

    private static TConfig Configure<TConfig>(TConfig config, CredentialContext context, string serviceId, string region)
        where TConfig : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.MaxErrorRetry = context.Timeouts.ServiceRetries;
        config.Timeout = context.Timeouts.Service;
        if (context.ServiceEndpoint(serviceId) is { } endpoint)
        {
            config.ServiceURL = endpoint; // clears the region, which the signature still needs
            config.AuthenticationRegion = region;
        }

        return config;
    }
}
