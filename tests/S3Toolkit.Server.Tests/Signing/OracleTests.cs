using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using CsCheck;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Signing;

/// <summary>Our signatures against those of AWS's own signer, over generated requests.</summary>
public sealed class OracleTests
{
    private const string Secret = "secret/of+the=oracle";
    private const string Host = "bucket.s3.eu-west-1.amazonaws.com";
    private static readonly DateTimeOffset Time = new(2026, 2, 28, 23, 59, 58, TimeSpan.Zero);

    private static readonly Gen<string> Fragment = Gen.OneOf<string>(
        Gen.OneOf(" ", "+", "%", "%2F", "%zz", "//", "./", "../", "/", "~", "*", "'", "(", ")", "!", "$", "&", "=", "?", "#", ";", ":", "@",
            "\\", "\"", "<", "|", "\t", "ä", "日本", "\U0001F600", "\u0301", "\uFFFD", "a", "Z9", "-._~"),
        Gen.Char['\u0001', '\uD7FF'].Select(c => c.ToString()));

    private static readonly Gen<string> Key = Gen.OneOf<string>(
        Fragment.Array[1, 12].Select(string.Concat),
        Gen.OneOf(new string('k', 1_024), string.Concat(Enumerable.Repeat("日", 341)), "..", ".", "/", "a//b", "./a", "../a", "a/../b"));

    // Names are S3's own: the SDK sorts names before it encodes them, AWS (and the server) after; that differs for no name of S3.
    private static readonly Gen<(string Name, string Value)[]> Query = Gen.Select(
        Gen.OneOf("prefix", "list-type", "uploadId", "partNumber", "versions", "X-Custom", "response-content-type", "a", "a-b", "aB"),
        Fragment.Array[0, 3].Select(string.Concat)).Array[0, 5].Select(pairs => pairs.DistinctBy(p => p.Item1).ToArray());

    private static readonly Gen<(string Name, string Value)[]> Headers = Gen.Select(
        Gen.OneOf("x-amz-meta-a", "x-amz-meta-b", "x-amz-acl", "content-type", "Range", "X-Amz-Meta-Upper", "x-amz-meta-a-b"),
        Gen.OneOf("", "plain", "  two  spaces ", "a,b", "quoted \"x  y\"", "tab\tin", "1")).Array[0, 4]
        .Select(pairs => pairs.DistinctBy(p => p.Item1.ToLowerInvariant()).ToArray());

    [Test]
    public void SignHeaders_AnyRequest_EqualsAwsSigner() =>
        Gen.Select(Gen.OneOf("GET", "PUT", "DELETE", "HEAD", "POST"), Key, Query, Headers, Gen.Bool).Sample(
            (method, key, query, headers, withToken) =>
            {
                (string path, string rawQuery) = Target(key, query);
                AWSSigningResult expected = AWSSigV4Signer.Sign(Request(method, path, rawQuery, headers), Parameters(withToken));

                string theirs = expected.Headers["Authorization"];
                HeaderField[] toSign = [.. SignedBy(theirs).Select(name => Field(name, headers, expected.Headers))];
                string authorization = Ours(withToken).SignHeaders(
                    method, path, rawQuery, toSign, PayloadHash.UnsignedText, Time);

                Assert.That(authorization, Is.EqualTo(theirs));
            }, iter: 400);

    [Test]
    public void Presign_AnyRequest_EqualsAwsSigner() =>
        Gen.Select(Gen.OneOf("GET", "PUT", "DELETE"), Key, Query, Gen.Int[1, 604_800], Gen.Bool).Sample(
            (method, key, query, seconds, withToken) =>
            {
                (string path, string rawQuery) = Target(key, query);
                PresignResult expected = AWSSigV4Signer.Presign(
                    Request(method, path, rawQuery, []), Parameters(withToken), TimeSpan.FromSeconds(seconds));

                HeaderField[] toSign = [new("host", Host)];
                string presigned = Ours(withToken).Presign(method, path, rawQuery, toSign, Time, TimeSpan.FromSeconds(seconds));

                Assert.That(Signature(presigned), Is.EqualTo(Signature(expected.Uri.ToString())));
            }, iter: 400);

    private static (string Path, string Query) Target(string key, (string Name, string Value)[] query) => (
        "/" + S3UriEncoding.EncodePath(key),
        string.Join('&', query.Select(p => S3UriEncoding.EncodeQuery(p.Name) + "=" + S3UriEncoding.EncodeQuery(p.Value))));

    private static AWSSigningRequest Request(string method, string path, string query, (string Name, string Value)[] headers)
    {
        // Without this option Uri folds "./" and "../" away before the signer sees them.
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        string url = $"https://{Host}{path}" + (query.Length > 0 ? "?" + query : "");
        Assert.That(Uri.TryCreate(url, options, out Uri? uri), Is.True);
        var request = new AWSSigningRequest { HttpMethod = HttpMethod.Parse(method), RequestUri = uri };
        foreach ((string name, string value) in headers) request.Headers[name] = value;
        return request;
    }

    private static AWSSigV4Parameters Parameters(bool withToken) => new()
    {
        Credentials = withToken ? new SessionAWSCredentials("AKORACLE", Secret, "token+/=") : new BasicAWSCredentials("AKORACLE", Secret),
        Region = RegionEndpoint.EUWest1,
        Service = "s3",
        SignPayload = false,
        SignedAt = Time.UtcDateTime,
    };

    private static RequestSigner Ours(bool withToken) =>
        new(new SigningCredential("AKORACLE", Secret, withToken ? "token+/=" : null), "eu-west-1", new SigningKeyCache());

    private static string[] SignedBy(string authorization)
    {
        Assert.That(AuthorizationHeader.Parse(authorization, out SigV4Authorization? parsed), Is.Null);
        return parsed!.SignedHeaders;
    }

    private static HeaderField Field(string name, (string Name, string Value)[] sent, IDictionary<string, string> added)
    {
        if (name == "host") return new(name, Host);
        foreach ((string sentName, string value) in sent)
        {
            if (sentName.Equals(name, StringComparison.OrdinalIgnoreCase)) return new(name, value);
        }

        return new(name, added.First(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value);
    }

    private static string Signature(string text) => text[(text.IndexOf("X-Amz-Signature=", StringComparison.Ordinal) + 16)..].Split('&')[0];
}
