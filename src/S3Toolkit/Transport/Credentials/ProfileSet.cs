namespace S3Toolkit.Transport.Credentials;

/// <summary>The profiles and SSO sessions of the credentials and the config file, merged as AWS's tools merge them.</summary>
internal sealed class ProfileSet
{
    private readonly Dictionary<string, Dictionary<string, string>> _profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> _ssoSessions = new(StringComparer.Ordinal);

    private ProfileSet(string credentialsPath, string configPath) => (CredentialsPath, ConfigPath) = (credentialsPath, configPath);

    public string CredentialsPath { get; }

    public string ConfigPath { get; }

    /// <summary>Reads both files; one that does not exist counts as empty.</summary>
    /// <exception cref="CredentialSourceException">A file exists and cannot be read or parsed.</exception>
    public static ProfileSet Load(CredentialContext context)
    {
        string credentialsPath = context.Settings.SharedCredentialsFile
            ?? context.Environment("AWS_SHARED_CREDENTIALS_FILE") ?? Path.Combine(context.Home, ".aws", "credentials");
        string configPath = context.Environment("AWS_CONFIG_FILE") ?? Sibling(context.Settings.SharedCredentialsFile)
            ?? Path.Combine(context.Home, ".aws", "config");

        var set = new ProfileSet(ExpandHome(credentialsPath, context.Home), ExpandHome(configPath, context.Home));
        set.Merge(set.ConfigPath, isConfig: true);
        set.Merge(set.CredentialsPath, isConfig: false); // last, so that its values win
        return set;
    }

    public string Files => $"'{CredentialsPath}' and '{ConfigPath}'";

    public IEnumerable<string> Names => _profiles.Keys.Order(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string>? Find(string profileName) => _profiles.GetValueOrDefault(profileName);

    public IReadOnlyDictionary<string, string>? FindSsoSession(string sessionName) => _ssoSessions.GetValueOrDefault(sessionName);

    // The SDK, too, looks for "config" beside a credentials file whose place is given.
    private static string? Sibling(string? credentialsPath) =>
        credentialsPath is null ? null : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(credentialsPath)) ?? "", "config");

    private static string ExpandHome(string path, string home) =>
        path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path;

    // Small local files: asynchronous file I/O would be the same read on another thread.
    private void Merge(string path, bool isConfig)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialSourceException($"'{path}' cannot be read: {FileProblem.Describe(e)}", e);
        }

        foreach ((string header, Dictionary<string, string> values) in ProfileFile.Parse(text, path))
        {
            (Dictionary<string, Dictionary<string, string>> target, string name) = Classify(header, isConfig);
            if (!target.TryGetValue(name, out Dictionary<string, string>? existing)) target[name] = existing = new(StringComparer.Ordinal);
            foreach ((string key, string value) in values) existing[key] = value;
        }
    }

    // "[profile x]" in the config file, "[x]" in the credentials file; the config file's other sections are not profiles.
    private (Dictionary<string, Dictionary<string, string>> Target, string Name) Classify(string header, bool isConfig)
    {
        if (!isConfig) return (_profiles, Unquote(header));

        string[] words = header.Split((char[])[' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            ["profile", string name] => (_profiles, Unquote(name)),
            ["sso-session", string name] => (_ssoSessions, Unquote(name)),
            ["default"] => (_profiles, "default"),
            _ => (new(StringComparer.Ordinal), header),
        };
    }

    private static string Unquote(string name) =>
        name.Length >= 2 && name[0] is '"' or '\'' && name[^1] == name[0] ? name[1..^1] : name;
}
