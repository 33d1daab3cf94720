using System.Runtime.CompilerServices;
using Amazon.Runtime;
using S3Toolkit.Signing;
using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Transport.Direct;

/// <summary>Signs requests with the store's credentials, by the server's clock once that turned out to differ from ours.</summary>
internal sealed class DirectSigner(AWSCredentials credentials, TimeProvider timeProvider)
{
    private readonly SigningKeyCache _keys = new(capacity: 64);
    // What AWS's SDKs take for a sign that a clock is off; S3 itself allows 15 minutes.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private Signers? _signers;
    private long _clockOffsetTicks;
    private string? _expiredKeyId;

    private DateTimeOffset Now => timeProvider.GetUtcNow().AddTicks(Volatile.Read(ref _clockOffsetTicks));

    /// <summary>Learns how far our clock is off, from an answer that refused a signature for it.</summary>
    public void LearnTime(DateTimeOffset serverTime) =>
        Volatile.Write(ref _clockOffsetTicks, (serverTime - timeProvider.GetUtcNow()).Ticks);

    /// <summary>Whether what we sign is dated so far from the server's time that this may be why it was refused.</summary>
    public bool IsOff(DateTimeOffset serverTime) => (serverTime - Now).Duration() > Tolerance;

    /// <summary>
    /// Forgets temporary keys that the server says have expired, though we thought otherwise; false when there can be no others.
    /// </summary>
    public bool TryRenew(SignedHeaders signed)
    {
        var source = credentials is ChainedCredentials chained ? chained.Current : credentials;
        if (source is not RefreshingAWSCredentials refreshing) return false;
        // Of many requests that were signed with them the first one fetches, the others find the new keys.
        if (Interlocked.Exchange(ref _expiredKeyId, signed.AccessKeyId) != signed.AccessKeyId) refreshing.ClearCredentials();
        return true;
    }

    /// <summary>The headers to send: those of the request and its body, and what signs them.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SignedHeaders> SignAsync(
        DirectRequest request, DirectEndpoint endpoint, string rawPath, DirectPayload payload, CancellationToken cancellationToken)
    {
        if (credentials is AnonymousAWSCredentials) return Unsigned(request, payload);
        var pending = credentials.GetCredentialsAsync();
        var keys = pending.IsCompletedSuccessfully ? pending.Result : await pending.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Sign(
            request, endpoint, rawPath, payload, SignerFor(keys, endpoint.Region), string.IsNullOrEmpty(keys.Token) ? null : keys.Token)
            with { AccessKeyId = keys.AccessKey };
    }

    private static SignedHeaders Unsigned(DirectRequest request, DirectPayload payload)
    {
        // How a body is framed has to be said without a signature too.
        ReadOnlySpan<HeaderField> framing = payload.Content is { IsChunked: true } ? [new(SigV4.ContentSha256Header, payload.Sha256)] : [];
        return new SignedHeaders([.. request.Signed, .. payload.Headers, .. framing], Authorization: null);
    }

    private SignedHeaders Sign(
        DirectRequest request, DirectEndpoint endpoint, string rawPath, DirectPayload payload, RequestSigner signer, string? token)
    {
        var now = Now;
        HeaderField[] fields =
        [
            .. request.Signed,
            .. payload.Headers,
            new(SigV4.ContentSha256Header, payload.Sha256),
            new(SigV4.DateHeader, SigningTime.Format(now)),
            new("host", endpoint.Host),
            .. token is null ? ReadOnlySpan<HeaderField>.Empty : [new(SigV4.SecurityTokenHeader, token)],
        ];
        // Where somebody on the way could change them, the conditions of a request and what describes its body are signed too.
        HeaderField[] all = endpoint.CanSendUnsigned
            ? fields
            : [.. fields, .. LowerCase(request.Headers), .. LowerCase(request.ContentHeaders)];
        return new SignedHeaders(
            fields, signer.SignHeaders(request.Method.Method, rawPath, request.RawQuery, all, payload.Sha256, now));
    }

    private static HeaderField[] LowerCase(ReadOnlySpan<HeaderField> headers)
    {
        var lower = headers.ToArray();
        for (var i = 0; i < lower.Length; i++) lower[i] = lower[i] with { Name = lower[i].Name.ToLowerInvariant() };
        return lower;
    }

    private RequestSigner SignerFor(ImmutableCredentials keys, string region)
    {
        var known = Volatile.Read(ref _signers);
        if (known is not null && known.Region == region && known.AccessKeyId == keys.AccessKey && known.Secret == keys.SecretKey)
            return known.Signer;
        var signer = new RequestSigner(new SigningCredential(keys.AccessKey, keys.SecretKey), region, _keys);
        Volatile.Write(ref _signers, new Signers(region, keys.AccessKey, keys.SecretKey, signer));
        return signer;
    }

    private sealed class Signers(string region, string accessKeyId, string secret, RequestSigner signer)
    {
        public string Region => region;

        public string AccessKeyId => accessKeyId;

        public string Secret => secret;

        public RequestSigner Signer => signer;
    }
}
