using Amazon.Runtime;

namespace S3Toolkit.Transport.Credentials;

/// <summary>The SDK's refreshing credentials with one asynchronous way to fetch them.</summary>
/// <remarks>
/// The base class keeps what was fetched, refreshes it in the background before it expires, and lets one caller at a time fetch.
/// </remarks>
internal abstract class AsyncRefreshingCredentials : RefreshingAWSCredentials
{
    // Early enough that a request signed with the old ones still arrives in time; the SDK's own sources use the same.
    protected AsyncRefreshingCredentials() => PreemptExpiryTime = TimeSpan.FromMinutes(15);

    protected abstract Task<CredentialsRefreshState> FetchAsync();

    // Only a caller of the SDK's synchronous members comes here, such as GetPreSignedURL. Nothing below needs the caller's context.
    protected sealed override CredentialsRefreshState GenerateNewCredentials() => FetchAsync().GetAwaiter().GetResult();

    protected sealed override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => FetchAsync();

    protected static CredentialsRefreshState State(
        string accessKeyId, string secretAccessKey, string? sessionToken, DateTimeOffset expiration) =>
        new(new ImmutableCredentials(accessKeyId, secretAccessKey, sessionToken), expiration.UtcDateTime);
}
