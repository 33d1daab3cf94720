using Amazon.SSO.Model;

namespace S3Toolkit.Transport.Credentials;

/// <summary>The keys of an account's role, from IAM Identity Center, for who has logged in with the AWS CLI.</summary>
internal sealed class SsoCredentials(CredentialContext context, SsoRole role) : AsyncRefreshingCredentials
{
    private readonly SsoTokenStore _tokens = new(context, role);

    protected override async Task<CredentialsRefreshState> FetchAsync()
    {
        SsoToken token = await _tokens.GetAsync().ConfigureAwait(false);
        using var sso = AwsServices.Sso(context, role.Region);
        try
        {
            GetRoleCredentialsResponse response = await sso.GetRoleCredentialsAsync(new GetRoleCredentialsRequest
            {
                AccessToken = token.AccessToken,
                AccountId = role.AccountId,
                RoleName = role.RoleName,
            }).ConfigureAwait(false);

            RoleCredentials keys = response.RoleCredentials;
            DateTimeOffset expiration = DateTimeOffset.FromUnixTimeMilliseconds(keys.Expiration ?? 0);
            return State(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken, expiration);
        }
        catch (UnauthorizedException e)
        {
            throw new CredentialSourceException($"SSO no longer accepts the login; run '{role.LoginCommand}'", e);
        }
        catch (Exception e) when (AwsServices.IsFailure(e))
        {
            throw new CredentialSourceException(
                $"SSO gave no keys for role {role.RoleName} of account {role.AccountId}: {AwsServices.Describe("SSO", e)}", e);
        }
    }
}
