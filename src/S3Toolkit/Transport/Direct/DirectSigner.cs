using System.Runtime.CompilerServices;
using Amazon.Runtime;
using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>Signs requests with the store's credentials, by the server's clock once that turned out to differ from ours.</summary>
internal sealed class DirectSigner(AWSCredentials credentials, TimeProvider timeProvider)
{
    private readonly SigningKeyCache _keys = new(capacity: 64);
    private Signers? _signers;
    private long _clockOffsetTicks;

    /// <summary>Learns how far our clock is off, from an answer that refused a signature for it.</summary>
    public void LearnTime(DateTimeOffset serverTime) =>
        Volatile.Write(ref _clockOffsetTicks, (serverTime - timeProvider.GetUtcNow()).Ticks);

    /// <summary>The headers to send: those of the request and its body, and what signs them.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SignedHeaders> SignAsync(
        DirectRequest request, DirectEndpoint endpoint, string rawPath, DirectPayload payload, CancellationToken cancellationToken)
    {
        if (credentials is AnonymousAWSCredentials) return new SignedHeaders([.. request.Signed, .. payload.Headers], Authorization: null);
        var pending = credentials.GetCredentialsAsync();
        var keys = pending.IsCompletedSuccessfully ? pending.Result : await pending.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Sign(
            request, endpoint, rawPath, payload, SignerFor(keys, endpoint.Region), string.IsNullOrEmpty(keys.Token) ? null : keys.Token);
    }

    private SignedHeaders Sign(
        DirectRequest request, DirectEndpoint endpoint, string rawPath, DirectPayload payload, RequestSigner signer, string? token)
    {
        var now = timeProvider.GetUtcNow().AddTicks(Volatile.Read(ref _clockOffsetTicks));
        HeaderField[] fields =
        [
            .. request.Signed,
            .. payload.Headers,
            new(SigV4.ContentSha256Header, payload.Sha256),
            new(SigV4.DateHeader, SigningTime.Format(now)),
            new("host", endpoint.Host),
            .. token is null ? ReadOnlySpan<HeaderField>.Empty : [new(SigV4.SecurityTokenHeader, token)],
        ];
        return new SignedHeaders(
            fields, signer.SignHeaders(request.Method.Method, rawPath, request.RawQuery, fields, payload.Sha256, now));
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
