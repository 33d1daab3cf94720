using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace S3Toolkit.Transport.Credentials;

/// <summary>A role assumed with an OpenID Connect token from a file, which its issuer replaces now and then.</summary>
internal sealed class WebIdentityCredentials(CredentialContext context, RoleToAssume role, string tokenFile) : AsyncRefreshingCredentials
{
    protected override async Task<CredentialsRefreshState> FetchAsync()
    {
        string token = await ReadTokenAsync().ConfigureAwait(false);
        var request = new AssumeRoleWithWebIdentityRequest
        {
            RoleArn = role.RoleArn,
            RoleSessionName = role.SessionNameAt(context.Time.GetUtcNow()),
            WebIdentityToken = token,
            DurationSeconds = role.DurationSeconds,
        };

        using var sts = AwsServices.Sts(context, new AnonymousAWSCredentials(), role.Region);
        try
        {
            AssumeRoleWithWebIdentityResponse response = await sts.AssumeRoleWithWebIdentityAsync(request).ConfigureAwait(false);
            return AssumedRoleCredentials.ToState(response.Credentials, role);
        }
        catch (Exception e) when (AwsServices.IsFailure(e))
        {
            throw new CredentialSourceException(
                $"role {role.RoleArn} could not be assumed with '{tokenFile}': {AwsServices.Describe("STS", e)}", e);
        }
    }

    private async Task<string> ReadTokenAsync()
    {
        try
        {
            string token = (await File.ReadAllTextAsync(tokenFile).ConfigureAwait(false)).Trim();
            return token.Length > 0 ? token : throw new CredentialSourceException($"the web identity token file '{tokenFile}' is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialSourceException($"the web identity token file '{tokenFile}' cannot be read: {FileProblem.Describe(e)}", e);
        }
    }
}
