using Amazon.Runtime;

namespace S3Toolkit.Transport.Credentials;

/// <summary>AWS credentials that are looked for on first use, in the order of their links, and once.</summary>
/// <remarks>
/// Callers that arrive during the search wait for the same one. A success is kept, and refreshes itself; a failure is reported to those
/// who waited, and the next call searches again: a token may have been renewed, or an agent started, in the meantime.
/// </remarks>
internal sealed class ChainedCredentials(IReadOnlyList<ICredentialLink> links) : AWSCredentials
{
    private readonly Lock _gate = new();
    private Task<Resolution>? _search;

    /// <summary>The link that gave the credentials, or null before they are found.</summary>
    public ICredentialLink? Source => Found?.Link;

    /// <summary>The credentials that were found, or null before.</summary>
    public AWSCredentials? Current => Found?.Credentials;

    public override DateTime? Expiration => Found?.Credentials.Expiration;

    private Resolution? Found => _search is { IsCompletedSuccessfully: true } search ? search.Result : null;

    /// <summary>Blocks while the search runs: only the SDK's synchronous members come here; our own callers have awaited.</summary>
    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().GetAwaiter().GetResult();

    /// <summary>The keys to sign with now.</summary>
    /// <exception cref="S3ToolkitException">No source has credentials, or the one that is set up fails (<c>NoCredentials</c>).</exception>
    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        Resolution found = await SearchOnce().ConfigureAwait(false);
        try
        {
            return await found.Credentials.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (IsSourceFailure(e))
        {
            throw NoCredentials.Refresh(new ChainAttempt(found.Link.Name, e.Message), e);
        }
    }

    private Task<Resolution> SearchOnce()
    {
        lock (_gate)
        {
            bool isWanted = _search is null || (_search.IsCompleted && !_search.IsCompletedSuccessfully);
            return isWanted ? _search = SearchAsync() : _search!;
        }
    }

    private async Task<Resolution> SearchAsync()
    {
        var attempts = new List<ChainAttempt>();
        foreach (ICredentialLink link in links)
        {
            try
            {
                LinkOutcome outcome = link.Find();
                if (outcome.Credentials is { } credentials)
                {
                    // Loads them, so that a link that is set up and fails is told apart from one that works.
                    await credentials.GetCredentialsAsync().ConfigureAwait(false);
                    return new Resolution(link, credentials);
                }

                attempts.Add(new ChainAttempt(link.Name, outcome.Reason));
            }
            catch (Exception e) when (IsSourceFailure(e))
            {
                // Going on would sign with an identity that the user did not mean.
                attempts.Add(new ChainAttempt(link.Name, e.Message));
                throw NoCredentials.Create(attempts, e);
            }
        }

        throw NoCredentials.Create(attempts, cause: null);
    }

    // AmazonClientException: what was fetched had expired already.
    private static bool IsSourceFailure(Exception error) => error is CredentialSourceException or AmazonClientException;

    private sealed record Resolution(ICredentialLink Link, AWSCredentials Credentials);
}
