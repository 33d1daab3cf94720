using System.Globalization;
using Amazon.Runtime;

namespace S3Toolkit.Transport.Credentials;

/// <summary>Turns a profile into credentials, following the profiles that it refers to.</summary>
internal sealed class ProfileSource(CredentialContext context, ProfileSet profiles)
{
    private readonly List<string> _path = [];

    public static string NotThere(ProfileSet profiles, string profileName)
    {
        string known = string.Join(", ", profiles.Names);
        return $"it is not in {profiles.Files}; profiles there: {(known.Length > 0 ? known : "none")}";
    }

    /// <summary>The profile's credentials, or null when it holds none (a profile may hold only a region).</summary>
    /// <exception cref="CredentialSourceException">What the profile says about credentials is wrong or incomplete.</exception>
    public AWSCredentials? Create(string profileName)
    {
        IReadOnlyDictionary<string, string> profile = profiles.Find(profileName)
            ?? throw new CredentialSourceException($"source_profile '{profileName}': {NotThere(profiles, profileName)}");
        if (_path.Contains(profileName))
        {
            string circle = string.Join(" -> ", [.. _path, profileName]);
            throw new CredentialSourceException($"the profiles {circle} refer to each other in a circle");
        }

        _path.Add(profileName);
        try
        {
            return Assume(profile, profileName)
                ?? Sso(profile, profileName)
                ?? Keys(profile)
                ?? Process(profile)
                ?? Login(profile, profileName);
        }
        finally
        {
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private AsyncRefreshingCredentials? Assume(IReadOnlyDictionary<string, string> profile, string profileName)
    {
        if (Value(profile, "role_arn") is not { } roleArn) return null;

        var role = new RoleToAssume(roleArn)
        {
            Region = Value(profile, "region") ?? context.StsRegion,
            SessionName = Value(profile, "role_session_name"),
            ExternalId = Value(profile, "external_id"),
            DurationSeconds = Seconds(Value(profile, "duration_seconds")),
        };
        if (Value(profile, "web_identity_token_file") is { } tokenFile) return new WebIdentityCredentials(context, role, tokenFile);
        if (Value(profile, "mfa_serial") is not null)
        {
            throw new CredentialSourceException(
                "it asks for an MFA code (mfa_serial), and nobody is there to type one; use 'aws sso login', or a session's keys");
        }

        return new AssumedRoleCredentials(context, role, SourceOf(profile, profileName));
    }

    private AWSCredentials SourceOf(IReadOnlyDictionary<string, string> profile, string profileName) =>
        (Value(profile, "source_profile"), Value(profile, "credential_source")) switch
        {
            ({ } name, null) when name == profileName => Keys(profile)
                ?? throw new CredentialSourceException($"source_profile '{name}' is the profile itself, which has no keys"),
            ({ } name, null) => Create(name) ?? throw new CredentialSourceException($"source_profile '{name}' has no credentials"),
            (null, { } source) => NamedSource(source),
            (null, null) => throw new CredentialSourceException("it has role_arn, but neither source_profile nor credential_source"),
            _ => throw new CredentialSourceException("it has both source_profile and credential_source; keep one"),
        };

    private AWSCredentials NamedSource(string source)
    {
        ICredentialLink link = source switch
        {
            "Environment" => new EnvironmentLink(context.Environment),
            "EcsContainer" => new ContainerLink(context),
            "Ec2InstanceMetadata" => new InstanceMetadataLink(context),
            _ => throw new CredentialSourceException(
                $"credential_source is '{source}'; it must be Environment, EcsContainer or Ec2InstanceMetadata"),
        };
        LinkOutcome outcome = link.Find();
        return outcome.Credentials ?? throw new CredentialSourceException($"credential_source {source}: {outcome.Reason}");
    }

    private SsoCredentials? Sso(IReadOnlyDictionary<string, string> profile, string profileName)
    {
        string? sessionName = Value(profile, "sso_session");
        if (sessionName is null && Value(profile, "sso_start_url") is null && Value(profile, "sso_account_id") is null) return null;

        IReadOnlyDictionary<string, string> session = sessionName is null ? profile : profiles.FindSsoSession(sessionName)
            ?? throw new CredentialSourceException($"there is no [sso-session {sessionName}] in '{profiles.ConfigPath}'");
        return new SsoCredentials(context, new SsoRole
        {
            ProfileName = profileName,
            AccountId = Required(profile, "sso_account_id"),
            RoleName = Required(profile, "sso_role_name"),
            StartUrl = Required(session, "sso_start_url"),
            Region = Required(session, "sso_region"),
            SessionName = sessionName,
        });
    }

    private static AWSCredentials? Keys(IReadOnlyDictionary<string, string> profile) =>
        (Value(profile, "aws_access_key_id"), Value(profile, "aws_secret_access_key")) switch
        {
            ({ } key, { } secret) => StaticKeys.Create(key, secret, Value(profile, "aws_session_token")),
            (null, null) => null,
            (null, _) => throw new CredentialSourceException("it has aws_secret_access_key, but not aws_access_key_id"),
            _ => throw new CredentialSourceException("it has aws_access_key_id, but not aws_secret_access_key"),
        };

    private ProcessCredentials? Process(IReadOnlyDictionary<string, string> profile) =>
        Value(profile, "credential_process") is { } command ? new ProcessCredentials(context, command) : null;

    // Its token is bound to a key of the AWS CLI, which knows how to hand out what it stands for.
    private static AWSCredentials? Login(IReadOnlyDictionary<string, string> profile, string profileName) =>
        Value(profile, "login_session") is null ? null : throw new CredentialSourceException(
            "it was written by 'aws login'; use a profile with "
            + $"credential_process = aws configure export-credentials --profile {profileName}");

    private static string Required(IReadOnlyDictionary<string, string> section, string key) =>
        Value(section, key) ?? throw new CredentialSourceException($"it is an SSO profile without {key}");

    private static int? Seconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : null;

    private static string? Value(IReadOnlyDictionary<string, string> section, string key) =>
        section.TryGetValue(key, out string? value) && value.Length > 0 ? value : null;
}
