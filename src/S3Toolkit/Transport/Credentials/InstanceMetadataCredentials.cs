namespace S3Toolkit.Transport.Credentials;

/// <summary>The keys of an EC2 instance's role.</summary>
internal sealed class InstanceMetadataCredentials : AsyncRefreshingCredentials
{
    private const string RolePath = "meta-data/iam/security-credentials/";

    // How long expired keys are kept alive while the service cannot replace them: AWS accepts them for a while in such an outage.
    private static readonly TimeSpan OutageExtension = TimeSpan.FromMinutes(10);

    private readonly CredentialContext _context;
    private readonly InstanceMetadata _service;

    public InstanceMetadataCredentials(CredentialContext context, InstanceMetadata service)
    {
        _context = context;
        _service = service;
        // New keys appear at least five minutes before the old ones end; asking earlier would only fetch the old ones again.
        PreemptExpiryTime = TimeSpan.FromMinutes(4);
    }

    protected override async Task<CredentialsRefreshState> FetchAsync()
    {
        using InstanceMetadata.Session session = await _service.OpenAsync().ConfigureAwait(false);
        string roleName = FirstLine(await AskAsync(session, RolePath).ConfigureAwait(false));
        if (roleName.Length == 0) throw new CredentialSourceException($"{_service.Place}: this instance has no role");

        string body = await AskAsync(session, RolePath + Uri.EscapeDataString(roleName)).ConfigureAwait(false);
        if (JsonKeys.Parse(body) is not { } fields) throw Failure(roleName, "the answer is not a JSON object");
        if (JsonKeys.Text(fields, "Code") is { } code && code != "Success") throw Failure(roleName, $"the service says {code}");
        return Extend(JsonKeys.Read(fields, "Token", out string problem) ?? throw Failure(roleName, problem));
    }

    private CredentialsRefreshState Extend(CredentialsRefreshState state)
    {
        DateTime now = _context.Time.GetUtcNow().UtcDateTime;
        if (state.Expiration <= now) state.Expiration = now + OutageExtension;
        return state;
    }

    private async Task<string> AskAsync(InstanceMetadata.Session session, string path)
    {
        MetadataAnswer answer = await session.GetAsync(path).ConfigureAwait(false);
        if (answer.IsSuccess) return answer.Body;
        throw new CredentialSourceException(answer.Status == 404
            ? $"{_service.Place}: this instance has no role"
            : $"{_service.Place}: {answer.Describe()}");
    }

    private CredentialSourceException Failure(string roleName, string problem) =>
        new($"{_service.Place}: no keys for role '{roleName}': {problem}");

    private static string FirstLine(string text) => text.Trim().Split('\n', 2)[0].Trim();
}
