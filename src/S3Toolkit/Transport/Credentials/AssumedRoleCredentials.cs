using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace S3Toolkit.Transport.Credentials;

/// <summary>A role assumed with other credentials, and again before the session ends.</summary>
internal sealed class AssumedRoleCredentials(CredentialContext context, RoleToAssume role, AWSCredentials source)
    : AsyncRefreshingCredentials
{
    protected override async Task<CredentialsRefreshState> FetchAsync()
    {
        // First, so that a failing source tells its own story instead of hiding in STS's.
        await source.GetCredentialsAsync().ConfigureAwait(false);

        var request = new AssumeRoleRequest
        {
            RoleArn = role.RoleArn,
            RoleSessionName = role.SessionNameAt(context.Time.GetUtcNow()),
            ExternalId = role.ExternalId,
            DurationSeconds = role.DurationSeconds,
        };

        using var sts = AwsServices.Sts(context, source, role.Region);
        try
        {
            AssumeRoleResponse response = await sts.AssumeRoleAsync(request).ConfigureAwait(false);
            return ToState(response.Credentials, role);
        }
        catch (Exception e) when (AwsServices.IsFailure(e))
        {
            throw new CredentialSourceException($"role {role.RoleArn} could not be assumed: {AwsServices.Describe("STS", e)}", e);
        }
    }

    internal static CredentialsRefreshState ToState(Amazon.SecurityToken.Model.Credentials? answer, RoleToAssume role)
    {
        if (answer is not { AccessKeyId.Length: > 0, SecretAccessKey.Length: > 0, Expiration: { } expiration })
            throw new CredentialSourceException($"STS answered without credentials for role {role.RoleArn}");

        return State(answer.AccessKeyId, answer.SecretAccessKey, answer.SessionToken, expiration.ToUniversalTime());
    }
}
