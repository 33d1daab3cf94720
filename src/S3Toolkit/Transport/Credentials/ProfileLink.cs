namespace S3Toolkit.Transport.Credentials;

/// <summary>The profile that the options or AWS_PROFILE name, else the one called default.</summary>
internal sealed class ProfileLink(CredentialContext context) : ICredentialLink
{
    private const string DefaultName = "default";

    private readonly string? _chosenName = ChosenName(context);

    public string Name => $"profile '{ProfileName}'";

    /// <summary>The name of the profile that counts here.</summary>
    public static string NameOf(CredentialContext context) => ChosenName(context) ?? DefaultName;

    private string ProfileName => _chosenName ?? DefaultName;

    public LinkOutcome Find()
    {
        ProfileSet profiles = ProfileSet.Load(context);
        if (profiles.Find(ProfileName) is null)
        {
            // A profile that somebody named and that is not there is a mistake; a missing default is the normal state of a server.
            if (_chosenName is not null) throw new CredentialSourceException(ProfileSource.NotThere(profiles, ProfileName));
            return LinkOutcome.NotConfigured($"there is none in {profiles.Files}");
        }

        if (new ProfileSource(context, profiles).Create(ProfileName) is { } credentials) return LinkOutcome.Found(credentials);

        string reason = $"it has no credentials in {profiles.Files}";
        // AWS_PROFILE may be set for its region alone, on a machine that has a role.
        return context.Settings.ProfileName is null ? LinkOutcome.NotConfigured(reason) : throw new CredentialSourceException(reason);
    }

    private static string? ChosenName(CredentialContext context) => context.Settings.ProfileName ?? context.Environment("AWS_PROFILE");
}
