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

    /// <summary>The headers that sign a request, to be sent with it.</summary>
    public async ValueTask<IReadOnlyList<HeaderField>> SignAsync(
        DirectRequest request, DirectEndpoint endpoint, string rawPath, DirectPayload payload, CancellationToken cancellationToken)
    {
        if (credentials is AnonymousAWSCredentials) return [.. request.Signed, .. payload.Headers];
        var keys = await credentials.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return Sign(request, endpoint, rawPath, payload, SignerFor(keys, endpoint.Region), keys.Token);
    }

    private List<HeaderField> Sign(
        DirectRequest request, DirectEndpoint endpoint, string rawPath, DirectPayload payload, RequestSigner signer, string? token)
    {
        var now = timeProvider.GetUtcNow().AddTicks(Volatile.Read(ref _clockOffsetTicks));
        var fields = new List<HeaderField>(request.Signed.Count + payload.Headers.Count + 5);
        fields.AddRange(request.Signed);
        fields.AddRange(payload.Headers);
        fields.Add(new HeaderField(SigV4.ContentSha256Header, payload.Sha256));
        fields.Add(new HeaderField(SigV4.DateHeader, SigningTime.Format(now)));
        if (!string.IsNullOrEmpty(token)) fields.Add(new HeaderField(SigV4.SecurityTokenHeader, token));

        var signed = new HeaderField[fields.Count + 1];
        fields.CopyTo(signed);
        signed[^1] = new HeaderField("host", endpoint.Host);
        fields.Add(new HeaderField(
            "Authorization", signer.SignHeaders(request.Method.Method, rawPath, request.RawQuery, signed, payload.Sha256, now)));
        return fields;
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
