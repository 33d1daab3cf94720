using System.Globalization;
using Amazon.SSOOIDC.Model;

namespace S3Toolkit.Transport.Credentials;

/// <summary>Reads the cached SSO token, and exchanges it for a new one when it has expired and may be refreshed.</summary>
internal sealed class SsoTokenStore(CredentialContext context, SsoRole role)
{
    private readonly string _path = SsoToken.PathOf(role, context.Home);

    public async Task<SsoToken> GetAsync()
    {
        string json = await ReadAsync().ConfigureAwait(false);
        SsoToken token = SsoToken.Parse(json)
            ?? throw new CredentialSourceException($"the SSO token file '{_path}' is not readable as a token; run '{role.LoginCommand}'");

        DateTimeOffset now = context.Time.GetUtcNow();
        if (token.ExpiresAt > now) return token;
        if (!token.CanRefresh(now)) throw Expired(token, inner: null);

        SsoToken fresh = await RefreshAsync(token, now).ConfigureAwait(false);
        Save(fresh.UpdateJson(json));
        return fresh;
    }

    private CredentialSourceException Expired(SsoToken token, Exception? inner) =>
        new($"the SSO login expired at {token.ExpiresAt.ToString("u", CultureInfo.InvariantCulture)}; run '{role.LoginCommand}'", inner);

    private async Task<string> ReadAsync()
    {
        try
        {
            return await File.ReadAllTextAsync(_path).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CredentialSourceException($"nobody has logged in to SSO (there is no '{_path}'); run '{role.LoginCommand}'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialSourceException($"the SSO token file '{_path}' cannot be read: {FileProblem.Describe(e)}", e);
        }
    }

    private async Task<SsoToken> RefreshAsync(SsoToken token, DateTimeOffset now)
    {
        using var oidc = AwsServices.SsoOidc(context, role.Region);
        try
        {
            CreateTokenResponse response = await oidc.CreateTokenAsync(new CreateTokenRequest
            {
                ClientId = token.ClientId,
                ClientSecret = token.ClientSecret,
                GrantType = "refresh_token",
                RefreshToken = token.RefreshToken,
            }).ConfigureAwait(false);
            return token with
            {
                AccessToken = response.AccessToken,
                ExpiresAt = now.AddSeconds(response.ExpiresIn ?? 0),
                RefreshToken = response.RefreshToken ?? token.RefreshToken,
            };
        }
        catch (Exception e) when (AwsServices.IsFailure(e))
        {
            throw Expired(token, e);
        }
    }

    // The refresh token is used up, so the CLI must find the new one. Failing to write it must not fail the request at hand.
    private void Save(string json)
    {
        string temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream file = new(temporary, PrivateFile)) file.Write(System.Text.Encoding.UTF8.GetBytes(json));
            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
        }
    }

    private static FileStreamOptions PrivateFile
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return options;
        }
    }
}
