using System.Security.Cryptography;
using System.Text;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Signing;

public sealed class AwsExampleTests
{
    private const string PutPayloadSha256 = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";

    [TestCase("/test.txt", "", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", "range:bytes=0-9")]
    [TestCase("/", "lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [TestCase("/", "prefix=J&max-keys=2", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void SignHeaders_PublishedGet_HasThePublishedSignature(string path, string query, string expected, params string[] more)
    {
        HeaderField[] headers = Headers(PayloadHash.EmptySha256, more);

        string authorization = AwsExample.Signer.SignHeaders("GET", path, query, headers, PayloadHash.EmptySha256, AwsExample.Time);

        Assert.That(AwsExample.SignatureOf(authorization), Is.EqualTo(expected));
        Assert.That(authorization, Does.StartWith(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;"));
    }

    [Test]
    public void SignHeaders_PublishedPut_HasThePublishedSignature()
    {
        HeaderField[] headers = Headers(
            PutPayloadSha256, "date:Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class:REDUCED_REDUNDANCY");

        string authorization = AwsExample.Signer.SignHeaders("PUT", "/test$file.text", "", headers, PutPayloadSha256, AwsExample.Time);

        Assert.That(
            AwsExample.SignatureOf(authorization), Is.EqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
    }

    [Test]
    public void Presign_PublishedGet_HasThePublishedSignature()
    {
        HeaderField[] headers = [new("host", AwsExample.Host)];

        string query = AwsExample.Signer.Presign("GET", "/test.txt", "", headers, AwsExample.Time, TimeSpan.FromSeconds(86_400));

        Assert.That(query, Is.EqualTo(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"));
    }

    [Test]
    public void ChunkChain_PublishedUpload_HasThePublishedSignatures()
    {
        byte[] seed = Seed(
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
            "content-encoding:aws-chunked", "content-length:66824", "x-amz-content-sha256:STREAMING-AWS4-HMAC-SHA256-PAYLOAD");

        ChunkSignatureChain chain = Chain(seed);

        Assert.That(Sign(chain, 65_536), Is.EqualTo("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"));
        Assert.That(Sign(chain, 1_024), Is.EqualTo("0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"));
        Assert.That(Sign(chain, 0), Is.EqualTo("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"));
    }

    [Test]
    public void ChunkChain_PublishedUploadWithTrailer_HasThePublishedSignatures()
    {
        byte[] seed = Seed(
            "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
            "content-encoding:aws-chunked", "x-amz-content-sha256:STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            "x-amz-trailer:x-amz-checksum-crc32c");

        ChunkSignatureChain chain = Chain(seed);

        Assert.That(Sign(chain, 65_536), Is.EqualTo("b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"));
        Assert.That(Sign(chain, 1_024), Is.EqualTo("1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"));
        Assert.That(Sign(chain, 0), Is.EqualTo("2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"));
        Assert.That(
            Encoding.ASCII.GetString(chain.SignTrailer("x-amz-checksum-crc32c:sOO8/Q==\n"u8)),
            Is.EqualTo("d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435"));
    }

    [Test]
    public void SignPolicy_PublishedForm_HasThePublishedSignature()
    {
        string policy = string.Join("\r\n",
            "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",",
            "  \"conditions\": [",
            "    {\"bucket\": \"sigv4examplebucket\"},",
            "    [\"starts-with\", \"$key\", \"user/user1/\"],",
            "    {\"acl\": \"public-read\"},",
            "    {\"success_action_redirect\": \"http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html\"},",
            "    [\"starts-with\", \"$Content-Type\", \"image/\"],",
            "    {\"x-amz-meta-uuid\": \"14365123651274\"},",
            "    {\"x-amz-server-side-encryption\": \"AES256\"},",
            "    [\"starts-with\", \"$x-amz-meta-tag\", \"\"],",
            "",
            "    {\"x-amz-credential\": \"AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request\"},",
            "    {\"x-amz-algorithm\": \"AWS4-HMAC-SHA256\"},",
            "    {\"x-amz-date\": \"20151229T000000Z\" }",
            "  ]",
            "}");

        string signature = AwsExample.Signer.SignPolicy(
            Convert.ToBase64String(Encoding.UTF8.GetBytes(policy)), new DateTimeOffset(2015, 12, 29, 0, 0, 0, TimeSpan.Zero));

        Assert.That(signature, Is.EqualTo("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e"));
    }

    private static HeaderField[] Headers(string payloadHash, params string[] more) => Headers(payloadHash, AwsExample.Host, more);

    private static HeaderField[] Headers(string payloadHash, string host, string[] more) =>
    [
        new("x-amz-date", AwsExample.AmzDate), new("x-amz-content-sha256", payloadHash), new("host", host),
        .. more.Select(line => new HeaderField(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..])),
    ];

    private static byte[] Seed(string expected, params string[] headers)
    {
        string payloadHash = headers.Single(h => h.StartsWith("x-amz-content-sha256:", StringComparison.Ordinal))[21..];
        HeaderField[] fields = Headers(
            payloadHash, "s3.amazonaws.com",
            [
                .. headers.Where(h => !h.StartsWith("x-amz-content-sha256:", StringComparison.Ordinal)),
                "x-amz-decoded-content-length:66560", "x-amz-storage-class:REDUCED_REDUNDANCY",
            ]);
        byte[] seed = new byte[SigV4.SignatureLength];

        string authorization = AwsExample.Signer.SignHeaders(
            "PUT", "/examplebucket/chunkObject.txt", "", fields, payloadHash, AwsExample.Time, seed);

        Assert.That(Encoding.ASCII.GetString(seed), Is.EqualTo(expected));
        Assert.That(AwsExample.SignatureOf(authorization), Is.EqualTo(expected));
        return seed;
    }

    private static ChunkSignatureChain Chain(byte[] seed) =>
        new(SigningKey.Derive(AwsExample.Secret, AwsExample.Scope), AwsExample.AmzDate, AwsExample.Scope, seed);

    private static string Sign(ChunkSignatureChain chain, int length)
    {
        byte[] data = new byte[length];
        data.AsSpan().Fill((byte)'a');
        return Encoding.ASCII.GetString(chain.SignChunk(SHA256.HashData(data)));
    }
}
