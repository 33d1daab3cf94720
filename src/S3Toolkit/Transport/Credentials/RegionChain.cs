using System.Globalization;
using System.Text;
using S3Toolkit.Providers;

namespace S3Toolkit.Transport.Credentials;

/// <summary>Where the region comes from: the options, the provider, the endpoint's name, the environment, the profile, EC2.</summary>
/// <remarks>
/// What the endpoint tells goes before the environment: AWS_REGION is about AWS, and a signature for eu-west-1 is refused by R2 or by
/// <c>s3.us-west-004.backblazeb2.com</c>. Any other endpoint of the user's own is signed for us-east-1, which such servers expect.
/// </remarks>
internal static class RegionChain
{
    private const string DefaultOfCustomEndpoints = "us-east-1";

    /// <summary>Looks everywhere but over the network.</summary>
    public static RegionResult Find(CredentialContext context, Uri? endpoint, S3ProviderProfile provider)
    {
        var attempts = new List<ChainAttempt>();
        string profileName = ProfileLink.NameOf(context);
        (string Source, Func<string?> Look)[] places =
        [
            ("options", () => context.Settings.Region),
            ($"provider '{provider.Name}'", () => provider.SigningRegion),
            ("endpoint's host name", () => EndpointRegion.Find(endpoint)),
            ("AWS_REGION", () => context.Environment("AWS_REGION")),
            ("AWS_DEFAULT_REGION", () => context.Environment("AWS_DEFAULT_REGION")),
            ($"profile '{profileName}'", () => ProfileSet.Load(context).Find(profileName)?.GetValueOrDefault("region")),
            ("custom endpoint", () => endpoint is null ? null : DefaultOfCustomEndpoints),
        ];
        foreach ((string source, Func<string?> look) in places)
        {
            try
            {
                if (look() is { Length: > 0 } region) return new RegionResult(region, source, attempts);
                attempts.Add(new ChainAttempt(source, "names no region"));
            }
            catch (CredentialSourceException e)
            {
                attempts.Add(new ChainAttempt(source, e.Message));
            }
        }

        return new RegionResult(null, "", attempts);
    }

    /// <summary>Looks everywhere, and asks EC2 when the credentials come from there; elsewhere that would only cost time.</summary>
    /// <exception cref="S3ToolkitException">There is no region (<c>NoRegion</c>), or there are no credentials.</exception>
    public static async Task<string> ResolveAsync(
        CredentialContext context, Uri? endpoint, S3ProviderProfile provider, ChainedCredentials? credentials)
    {
        RegionResult found = Find(context, endpoint, provider);
        if (found.Region is not null) return found.Region;

        var attempts = new List<ChainAttempt>(found.Attempts);
        if (credentials is null) throw NoRegion(attempts);

        await credentials.GetCredentialsAsync().ConfigureAwait(false);
        if (credentials.Source is not InstanceMetadataLink) throw NoRegion(attempts);

        try
        {
            using InstanceMetadata.Session session = await new InstanceMetadata(context).OpenAsync().ConfigureAwait(false);
            MetadataAnswer answer = await session.GetAsync("meta-data/placement/region").ConfigureAwait(false);
            if (answer.IsSuccess && answer.Body.Trim() is { Length: > 0 } region) return region;
            attempts.Add(new ChainAttempt("EC2 instance metadata", answer.Describe()));
        }
        catch (CredentialSourceException e)
        {
            attempts.Add(new ChainAttempt("EC2 instance metadata", e.Message));
        }

        throw NoRegion(attempts);
    }

    /// <summary>The validation error for a result without a region.</summary>
    public static S3ToolkitException NoRegion(IReadOnlyList<ChainAttempt> attempts)
    {
        var text = new StringBuilder("No AWS region was found. Tried, in this order:");
        for (int i = 0; i < attempts.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\n  {i + 1}. {attempts[i].Source}: {attempts[i].Outcome}");
        text.Append("\nSet Region or Endpoint in the options, AWS_REGION in the environment, or region in the profile ('aws configure').");
        return new S3ToolkitException(text.ToString(), "NoRegion");
    }
}
