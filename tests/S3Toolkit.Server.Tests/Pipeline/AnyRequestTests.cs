using CsCheck;
using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Authentication;
using S3Toolkit.Server.Tests.Fuzz;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Pipeline;

/// <summary>Whatever a client sends, it gets an answer, and never one that blames the server.</summary>
public sealed class AnyRequestTests
{
    private static readonly Gen<string> Path = Gen.Select(
        Pick.From("/", "/bucket", "/bucket/", "/bucket/k", "/bucket/k", "/bucket/k", "/bucket", "/other/k", "/BAD_/k", "//"),
        Gen.OneOf(
            Gen.Const(""), Gen.Const(""), Gen.Const(""), Gen.Const(""), Gen.Const(""), Gen.Const(""),
            Gen.Char[' ', '~'].Array[0, 8].Select(chars => new string(chars).Replace("?", "", StringComparison.Ordinal)),
            Pick.From("%00", "%", "%zz", "%C3", "%ED%A0%80", "%F0%9F%98%80", "..", "/./", "\u00e9", "%2F", "+")))
                .Select(pair => pair.Item1 + pair.Item2);

    private static readonly Gen<string> Parameter = Gen.Select(
        Gen.OneOf(
            Pick.From([.. OperationCatalog.Subresources.Order(StringComparer.Ordinal)]),
            Pick.From(
                "prefix", "delimiter", "max-keys", "marker", "start-after", "continuation-token", "list-type", "encoding-type", "versionId",
                "partNumber", "uploadId", "key-marker", "version-id-marker", "upload-id-marker", "part-number-marker", "max-parts",
                "max-uploads", "max-buckets", "response-content-type", "response-expires", "fetch-owner", "x-id", "X-Amz-Algorithm",
                "X-Amz-Expires")),
        Pick.From("", "=", "=1", "=2", "=-1", "=99999999999999999999", "=null", "=url", "=%00", "=%", "=%ff", "=a/b", "=YQ%3D%3D",
            "=\u00e9"))
        .Select(pair => pair.Item1 + pair.Item2);

    private static readonly Gen<(string Name, string Value)> Header = Gen.Select(
        Pick.From(
            "range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "content-md5", "content-type",
            "content-encoding", "x-amz-copy-source", "x-amz-copy-source-range", "x-amz-metadata-directive", "x-amz-tagging",
            "x-amz-tagging-directive", "x-amz-checksum-crc32", "x-amz-checksum-sha256", "x-amz-checksum-algorithm", "x-amz-checksum-type",
            "x-amz-sdk-checksum-algorithm", "x-amz-meta-a", "x-amz-meta-", "x-amz-storage-class", "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-customer-algorithm", "x-amz-server-side-encryption-customer-key", "x-amz-object-attributes",
            "x-amz-max-parts", "x-amz-part-number-marker", "x-amz-expected-bucket-owner", "x-amz-mp-object-size",
            "x-amz-decoded-content-length", "x-amz-trailer", "x-amz-acl", "x-amz-bucket-object-lock-enabled", "expires", "cache-control"),
        Gen.OneOf(
            Pick.From(
                "", "*", "\"x\"", "bytes=0-0", "bytes=-5", "bytes=9-", "bytes=5-1", "bytes=a-b", "/bucket/k", "bucket/k?versionId=null",
                "%",
                "COPY", "REPLACE", "a=b&c=d", "a=b&a=c", "AAAAAA==", "CRC32", "SHA256", "CRC64NVME", "FULL_OBJECT", "COMPOSITE", "AES256",
                "aws:kms", "ETag,ObjectParts", "1", "-1", "99999999999999999999", "Thu, 01 Jan 1970 00:00:00 GMT", "STANDARD", "GLACIER",
                "multipart/form-data; boundary=b", "multipart/form-data", "text/plain", "\u00e9\u0001"),
            Gen.Char[' ', '~'].Array[0, 20].Select(chars => new string(chars))));

    private static readonly Gen<byte[]> Body = Gen.OneOf(
        Gen.Const(Array.Empty<byte>()),
        Gen.Byte.Array[0, 50],
        Pick.From(
            "<", "<a/>", "<Delete/>", "<Delete><Object><Key>k</Key></Object></Delete>", "<Delete><Object/><Quiet>x</Quiet></Delete>",
            "<Tagging/>", "<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>", "<VersioningConfiguration/>",
            "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", "<CompleteMultipartUpload/>",
            "<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag/></Part></CompleteMultipartUpload>",
            "<CreateBucketConfiguration><LocationConstraint>x</LocationConstraint></CreateBucketConfiguration>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<?xml version=\"1.0\" encoding=\"utf-16\"?><Delete/>",
            "<?xml version=\"1.0\" encoding=\"x\"?><a/>",
            "--b\r\n", "--b--\r\n", "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--b\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nx\r\n--b--\r\n", "5\r\nhello\r\n0\r\n\r\n")
            .Select(System.Text.Encoding.UTF8.GetBytes));

    private static readonly Gen<string?> Payload = Pick.From<string?>(
        null, null, null, null, null, null, null, null, null, null, null, null, "UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD",
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "nonsense");

    /// <summary>A method and a parameter: half of the time such as belong together.</summary>
    private static readonly Gen<(string Method, string Query)> Line = Gen.OneOf(
        Gen.Select(Pick.From("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"), Parameter),
        Pick.From(
            ("GET", ""), ("HEAD", ""), ("PUT", ""), ("PUT", ""), ("POST", ""), ("GET", "list-type=2"), ("GET", "versions"),
            ("GET", "uploads"), ("GET", "location"), ("GET", "versioning"), ("PUT", "versioning"), ("GET", "tagging"), ("PUT", "tagging"),
            ("DELETE", "tagging"), ("POST", "delete"), ("POST", "uploads"), ("POST", "uploadId=u"), ("PUT", "uploadId=u&partNumber=1"),
            ("GET", "uploadId=u"), ("DELETE", "uploadId=u"), ("GET", "attributes"), ("GET", "partNumber=1"), ("GET", "versionId=null")));

    private S3Server _server = null!;

    [SetUp]
    public async Task StartServer()
    {
        _server = S3Server.CreateInMemory();
        await SendAsync("PUT", "/bucket", "", [], [], null, isSigned: true);
        await SendAsync("PUT", "/bucket/k", "", [], [1, 2, 3], null, isSigned: true);
    }

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task Process_AnyRequest_IsAnsweredWithoutBlamingTheServer() =>
        await Gen.Select(
            Gen.Select(Line, Path), Parameter.Array[0, 2], Header.Array[0, 4], Body, Payload, Gen.Int[0, 9]).SampleAsync(
            async (line, parameters, headers, body, payload, lot) =>
            {
                RecordingSink sink = await SendAsync(
                    line.Item1.Method, line.Item2, string.Join('&', parameters.Prepend(line.Item1.Query)), headers, body, payload,
                        isSigned: lot > 0);

                Assert.That(sink.IsReset, Is.False);
                Assert.That(sink.Status, Is.Not.Null.And.Not.EqualTo(500));
            }, iter: Math.Max(4000, FuzzTests.Runs), threads: 1);

    private async Task<RecordingSink> SendAsync(
        string method, string path, string query, (string Name, string Value)[] headers, byte[] body, string? payload, bool isSigned)
    {
        SignedRequest request = new()
        {
            Method = method, RawPath = path, RawQuery = query, Body = body, PayloadText = payload, Key = _server.AccessKeyId,
            SigningSecret = _server.SecretAccessKey, Time = TimeProvider.System.GetUtcNow(),
        };
        foreach ((string name, string value) in headers) request.Headers.Add(new(name, value));
        RecordingSink sink = new();
        await new S3Pipeline(_server.Core).ProcessAsync(isSigned ? request.SignHeaders() : request.Anonymous(), sink, default);
        return sink;
    }
}
