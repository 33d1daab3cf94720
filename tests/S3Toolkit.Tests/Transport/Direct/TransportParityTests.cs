using System.Net;
using Amazon.Runtime;
using S3Toolkit.Tests.Pains;
using S3Toolkit.Tests.Stores;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>Every option reaches the wire alike, whichever transport carries it.</summary>
[TestFixture]
internal sealed class TransportParityTests
{
    // What differs on purpose: how a request is signed and framed, which checksum it has, and what the SDK says about itself.
    private static readonly HashSet<string> Apart = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Host", "x-amz-date", "x-amz-content-sha256", "x-amz-decoded-content-length", "x-amz-trailer",
        "x-amz-sdk-checksum-algorithm", "x-amz-checksum-crc32", "x-amz-checksum-crc64nvme", "x-amz-checksum-algorithm",
        "x-amz-checksum-type", "x-amz-api-version", "User-Agent", "x-amz-user-agent", "amz-sdk-invocation-id", "amz-sdk-request",
        "Content-Length", "Content-MD5", "Expect", "Transfer-Encoding",
    };

    private static readonly CustomerKeyEncryption Key = new(Enumerable.Range(0, 32).Select(static i => (byte)i).ToArray());

    private static readonly DateTimeOffset Date = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static readonly ETag Tag = new("0123456789abcdef0123456789abcdef");

    private static IEnumerable<string> Names => Calls().Keys;

    [Test]
    public async Task Call_WithEachOption_IsTheSameRequest([ValueSource(nameof(Names))] string name)
    {
        var direct = await SendAsync(S3TransportMode.Auto, Calls()[name]);
        var sdk = await SendAsync(S3TransportMode.Sdk, Calls()[name]);

        Assert.That(direct.Method, Is.EqualTo(sdk.Method));
        Assert.That(PathOf(direct), Is.EqualTo(PathOf(sdk)));
        Assert.That(QueryOf(direct), Is.EquivalentTo(QueryOf(sdk)));
        Assert.That(HeadersOf(direct), Is.EquivalentTo(HeadersOf(sdk)));
    }

    private static Dictionary<string, Func<IS3Transport, S3Attempt, Task>> Calls()
    {
        var put = new PutObjectOptions
        {
            ContentType = "text/plain", CacheControl = "no-store", ContentDisposition = "inline; filename=\"a  b\"",
            ContentEncoding = "gzip",
            ContentLanguage = "de", Expires = Date, Metadata = new Dictionary<string, string> { ["Name"] = "wert ü", ["b"] = "  " },
            Tags = new Dictionary<string, string> { ["a b"] = "c&d=ü" }, StorageClass = new StorageClass("STANDARD_IA"),
            WebsiteRedirectLocation = "/other", ExpectedBucketOwner = "123456789012", OnlyIfAbsent = true, Encryption = Key,
        };
        var kms = put with
        {
            Encryption = ServerEncryption.Kms("key-1", useBucketKey: true), OnlyIfAbsent = false, OnlyIfMatch = Tag,
        };
        var copy = new CopyObjectOptions
        {
            ContentType = "text/plain", CacheControl = "no-store", Metadata = new Dictionary<string, string> { ["a"] = "b" },
            Tags = new Dictionary<string, string> { ["a"] = "b" }, OnlyIfSourceMatch = Tag, OnlyIfAbsent = true, SourceCustomerKey = Key,
            Encryption = Key, ExpectedBucketOwner = "123456789012", StorageClass = new StorageClass("STANDARD_IA"),
        };
        var get = new GetObjectOptions
        {
            VersionId = "v+1", Range = ObjectRange.Of(5, 6), OnlyIfMatch = Tag, OnlyIfModifiedSince = Date,
            ExpectedBucketOwner = "123456789012", CustomerKey = Key,
        };
        var find = new FindObjectOptions
        {
            VersionId = "v 1", OnlyIfNoneMatch = Tag, OnlyIfUnmodifiedSince = Date, ExpectedBucketOwner = "123456789012", CustomerKey = Key,
        };
        var source = new ObjectAddress("source", "a b/ü+c?.txt", "v+1");
        var upload = new MultipartAddress("bucket", "k", "upload-1");
        var body = new MemoryBody(PainContent.Bytes(10));
        return new(StringComparer.Ordinal)
        {
            ["put"] = async (to, attempt) => await to.PutObjectAsync("bucket", "a b/ü+c?.txt", body, put, attempt),
            ["put with kms"] = async (to, attempt) => await to.PutObjectAsync("bucket", "k", body, kms, attempt),
            ["put with managed keys"] = async (to, attempt) =>
                await to.PutObjectAsync("bucket", "k", body, put with { Encryption = ServerEncryption.S3Managed }, attempt),
            ["create upload"] = async (to, attempt) => await to.CreateMultipartAsync("bucket", "k", put, attempt),
            ["part"] = async (to, attempt) => await to.UploadPartAsync(upload, 3, body, put, attempt),
            ["part with kms"] = async (to, attempt) => await to.UploadPartAsync(upload, 3, body, kms, attempt),
            ["copy part"] = async (to, attempt) =>
                await to.CopyPartAsync(upload, 3, source, ObjectRange.Of(5, 6), copy, attempt),
            ["complete"] = async (to, attempt) => await to.CompleteMultipartAsync(upload, [new UploadedPart(1, Tag, 5)], put, attempt),
            ["abort"] = async (to, attempt) => await to.AbortMultipartAsync(upload, put, attempt),
            ["list parts"] = async (to, attempt) => await to.ListPartsAsync(upload, put, "5", attempt),
            ["copy"] = async (to, attempt) => await to.CopyObjectAsync(source, "bucket", "k", copy, attempt),
            ["copy as it is"] = async (to, attempt) =>
                await to.CopyObjectAsync(new ObjectAddress("source", "k"), "bucket", "k", new CopyObjectOptions(), attempt),
            ["copy without tags"] = async (to, attempt) => await to.CopyObjectAsync(
                source, "bucket", "k", new CopyObjectOptions { ReplaceTags = true, ReplaceMetadata = true }, attempt),
            ["get"] = async (to, attempt) => await to.GetObjectAsync("bucket", "k", get, attempt),
            ["find"] = async (to, attempt) => await to.HeadObjectAsync("bucket", "k", find, attempt),
            ["delete"] = async (to, attempt) => await to.DeleteObjectAsync(
                "bucket",
                "k",
                new DeleteObjectOptions { VersionId = "v+1", OnlyIfMatch = Tag, ExpectedBucketOwner = "123456789012" },
                attempt),
            ["delete many"] = async (to, attempt) => await to.DeleteObjectsAsync(
                "bucket", [new ObjectIdentifier("k")], new DeleteManyOptions { ExpectedBucketOwner = "123456789012" }, attempt),
            ["list"] = async (to, attempt) => await to.ListObjectsAsync(
                "bucket",
                new ListObjectsOptions
                {
                    Prefix = "a b/", Delimiter = "/", StartAfter = "a b/c", FetchOwner = true, PageSize = 7,
                    ExpectedBucketOwner = "123456789012",
                },
                null,
                attempt),
            ["list on"] = async (to, attempt) =>
                await to.ListObjectsAsync("bucket", new ListObjectsOptions { StartAfter = "x" }, "t+/=", attempt),
            ["list versions"] = async (to, attempt) => await to.ListVersionsAsync(
                "bucket", new ListVersionsOptions { Prefix = "p", PageSize = 5 }, "k ü\0v", attempt),
        };
    }

    private static async Task<SentRequest> SendAsync(S3TransportMode mode, Func<IS3Transport, S3Attempt, Task> call)
    {
        using var server = new ScriptedServer(static _ => ScriptedServer.Error(HttpStatusCode.Forbidden, "AccessDenied"));
        using var wire = SdkClientFactory.Create(
            new ClientSettings
            {
                Endpoint = null,
                PublicEndpoint = null,
                Region = "eu-west-1",
                Credentials = new BasicAWSCredentials("AK", "SK"),
                Profile = S3ProviderProfiles.Aws,
                AddressingStyle = S3AddressingStyle.Auto,
                Transport = mode,
            },
            server);
        using var attempt = new S3Attempt(1, TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
        await call(wire.Transport, attempt);
        return server.Requests.Single();
    }

    private static string PathOf(SentRequest sent) => sent.PathAndQuery.Split('?')[0];

    private static IEnumerable<string> QueryOf(SentRequest sent) => sent.PathAndQuery.Contains('?', StringComparison.Ordinal)
        ? sent.PathAndQuery.Split('?', 2)[1].Split('&').Where(static pair => !pair.StartsWith("x-id=", StringComparison.Ordinal))
            .Select(static pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=")
        : [];

    // The SDK writes the source of a copy with an escaped slash, and gives parts a type, which they do not have.
    private static IEnumerable<string> HeadersOf(SentRequest sent) => sent.Headers
        .Where(header => !Apart.Contains(header.Key) && !(header.Key == "Content-Type" && sent.Asks("partNumber=")))
        .Select(static header => (Name: header.Key.ToLowerInvariant(), Value: Plain(header.Value)))
        .Where(static header => header.Value is not "aws-chunked")
        .Select(static header => header.Name == "x-amz-copy-source" ? (header.Name, Value: Uri.UnescapeDataString(header.Value)) : header)
        .Select(static header => $"{header.Name}: {header.Value}");

    private static string Plain(string value) => value.Replace(" ", "", StringComparison.Ordinal)
        .Replace(",aws-chunked", "", StringComparison.Ordinal);
}
