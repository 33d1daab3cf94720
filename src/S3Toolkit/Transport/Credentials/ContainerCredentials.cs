namespace S3Toolkit.Transport.Credentials;

/// <summary>Keys of a container's role, from the agent beside it.</summary>
internal sealed class ContainerCredentials(CredentialContext context, Uri endpoint) : AsyncRefreshingCredentials
{
    // The path may name the task, so messages show where, not what.
    private readonly string _place = endpoint.GetLeftPart(UriPartial.Authority);

    protected override async Task<CredentialsRefreshState> FetchAsync()
    {
        string? token = await ReadTokenAsync().ConfigureAwait(false);
        CredentialTimeouts timeouts = context.Timeouts;
        using var http = new MetadataHttp(context.Time, timeouts.Container);
        for (int attempt = 1; ; attempt++)
        {
            string? headerName = token is null ? null : "Authorization";
            MetadataAnswer answer = await http.SendAsync(HttpMethod.Get, endpoint, headerName, token, timeouts.Container)
                .ConfigureAwait(false);
            if (answer.IsSuccess) return Read(answer.Body);

            // The agent's 4xx is its last word; a 5xx or silence may pass.
            if (attempt >= timeouts.ContainerAttempts || answer.Status is >= 400 and < 500)
                throw new CredentialSourceException($"{_place}: {answer.Describe()} (attempt {attempt} of {timeouts.ContainerAttempts})");
            await Task.Delay(timeouts.ContainerPause, context.Time).ConfigureAwait(false);
        }
    }

    private CredentialsRefreshState Read(string body)
    {
        string problem = "is not a JSON object";
        if (JsonKeys.Parse(body) is { } fields && JsonKeys.Read(fields, "Token", out problem) is { } state) return state;
        throw new CredentialSourceException($"{_place} gave an answer that cannot be used: {problem}");
    }

    // Read anew for each fetch: EKS replaces the file's token while the pod runs.
    private async Task<string?> ReadTokenAsync()
    {
        string? token = context.Environment("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        if (context.Environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { } path)
        {
            try
            {
                token = await File.ReadAllTextAsync(path).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CredentialSourceException($"the authorization token file '{path}' cannot be read: {FileProblem.Describe(e)}", e);
            }
        }

        token = token?.TrimEnd('\r', '\n');
        return token is not null && token.AsSpan().ContainsAny('\r', '\n')
            ? throw new CredentialSourceException("the container's authorization token has a line break in it")
            : token;
    }
}
