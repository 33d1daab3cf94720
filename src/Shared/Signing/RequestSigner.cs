using System.Globalization;

namespace S3Toolkit.Signing;

/// <summary>Signs requests: the <c>Authorization</c> header, presigned queries and POST policies. The client's side of SigV4.</summary>
internal sealed class RequestSigner(SigningCredential credential, string region, SigningKeyCache keys)
{
    /// <summary>The value of the <c>Authorization</c> header.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="rawPath">The path as it will be sent, see <see cref="S3UriEncoding.EncodePath"/>.</param>
    /// <param name="rawQuery">The query as it will be sent, without the question mark.</param>
    /// <param name="headers">
    /// The headers to sign: <c>host</c>, <c>x-amz-date</c> and every other <c>x-amz-*</c> that is sent, the session token included.
    /// Sorted in place.
    /// </param>
    /// <param name="payloadHash">The value of <c>x-amz-content-sha256</c>.</param>
    /// <param name="time">The time that <c>x-amz-date</c> tells.</param>
    /// <param name="signature">Receives the signature, the seed of a chunked body's chain; 64 bytes, or empty when not wanted.</param>
    public string SignHeaders(
        string method, string rawPath, string rawQuery, Span<HeaderField> headers, string payloadHash, DateTimeOffset time,
        Span<byte> signature = default)
    {
        CredentialScope scope = CredentialScope.ForS3(time, region);
        CanonicalHeaders.Sort(headers);
        Span<byte> computed = stackalloc byte[SigV4.SignatureLength];
        SigV4.SignRequest(
            new CanonicalRequest
            {
                Method = method, RawPath = rawPath, RawQuery = rawQuery, SortedHeaders = headers, PayloadHash = payloadHash,
            },
            keys.Get(credential.SecretAccessKey, scope), SigningTime.Format(time), scope, computed);
        if (!signature.IsEmpty) computed.CopyTo(signature);

        var header = new SigningBuffer(stackalloc byte[512]);
        header.Append("AWS4-HMAC-SHA256 Credential="u8);
        header.Append(credential.AccessKeyId);
        header.Append((byte)'/');
        scope.AppendTo(ref header);
        header.Append(", SignedHeaders="u8);
        CanonicalHeaders.AppendNames(ref header, headers, ";"u8);
        header.Append(", Signature="u8);
        header.Append(computed);
        string value = header.ToString();
        header.Dispose();
        return value;
    }

    /// <summary>The whole query of a presigned request: the given one, then the SigV4 parameters, then the signature.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="rawPath">The path as it will be sent.</param>
    /// <param name="rawQuery">The query without the SigV4 parameters, encoded, without the question mark; may be empty.</param>
    /// <param name="headers">The headers that the request must be sent with, <c>host</c> among them. Sorted in place.</param>
    /// <param name="time">The time from which the request is valid.</param>
    /// <param name="lifetime">1 second to 7 days.</param>
    /// <param name="payloadHash">What the signature says of the payload.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is outside S3's limits.</exception>
    public string Presign(
        string method, string rawPath, string rawQuery, Span<HeaderField> headers, DateTimeOffset time, TimeSpan lifetime,
        string payloadHash = PayloadHash.UnsignedText)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, SigV4.MaxPresignedLifetime);
        CredentialScope scope = CredentialScope.ForS3(time, region);
        string amzDate = SigningTime.Format(time);
        CanonicalHeaders.Sort(headers);

        var buffer = new SigningBuffer(stackalloc byte[1024]);
        AppendPresignedParameters(ref buffer, rawQuery, headers, scope, amzDate, lifetime);
        string unsignedQuery = buffer.ToString();
        Span<byte> computed = stackalloc byte[SigV4.SignatureLength];
        SigV4.SignRequest(
            new CanonicalRequest
            {
                Method = method, RawPath = rawPath, RawQuery = unsignedQuery, SortedHeaders = headers, PayloadHash = payloadHash,
            },
            keys.Get(credential.SecretAccessKey, scope), amzDate, scope, computed);
        buffer.Append("&X-Amz-Signature="u8);
        buffer.Append(computed);
        string query = buffer.ToString();
        buffer.Dispose();
        return query;
    }

    /// <summary>The signature of a POST policy, in lower-case hex.</summary>
    /// <param name="base64Policy">The policy document in base64, as the form's field has it.</param>
    /// <param name="time">The time of the form's <c>x-amz-date</c>.</param>
    public string SignPolicy(string base64Policy, DateTimeOffset time) =>
        PolicySignature.Compute(keys.Get(credential.SecretAccessKey, CredentialScope.ForS3(time, region)), base64Policy);

    private void AppendPresignedParameters(
        ref SigningBuffer buffer, string rawQuery, ReadOnlySpan<HeaderField> headers, CredentialScope scope, string amzDate,
        TimeSpan lifetime)
    {
        buffer.Append(rawQuery);
        if (rawQuery.Length > 0) buffer.Append((byte)'&');
        buffer.Append("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="u8);
        buffer.Append(S3UriEncoding.EncodeQuery($"{credential.AccessKeyId}/{scope}"));
        buffer.Append("&X-Amz-Date="u8);
        buffer.Append(amzDate);
        buffer.Append("&X-Amz-Expires="u8);
        buffer.Append(((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        if (credential.SessionToken is { } token)
        {
            buffer.Append("&X-Amz-Security-Token="u8);
            buffer.Append(S3UriEncoding.EncodeQuery(token));
        }

        buffer.Append("&X-Amz-SignedHeaders="u8);
        CanonicalHeaders.AppendNames(ref buffer, headers, "%3B"u8);
    }
}
