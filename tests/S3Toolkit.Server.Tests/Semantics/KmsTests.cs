using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>SSE-KMS: which key, under which name, and what goes wrong with it.</summary>
public sealed class KmsTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Uuid = "1234abcd-12ab-34cd-56ef-1234567890ab";
    private const string Arn = "arn:aws:kms:us-east-1:123456789012:";

    private readonly S3KmsKey _plain = new(Encryptions.KmsKeyId);

    protected override void Configure(S3ServerOptions options)
    {
        options.KmsKeys.Add(_plain);
        options.KmsKeys.Add(new S3KmsKey(Uuid));
        options.KmsKeys.Add(new S3KmsKey("alias/app"));
    }

    [TestCase(Uuid, Arn + "key/" + Uuid)]
    [TestCase(Arn + "key/" + Uuid, Arn + "key/" + Uuid)]
    [TestCase("testkey-1", "testkey-1")]
    public async Task PutObject_KeyInTheRing_IsAnsweredByItsFullName(string given, string answered)
    {
        PutObjectResponse put = await PutAsync("k", "x", With(given));
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");

        Assert.That(put.ServerSideEncryptionKeyManagementServiceKeyId, Is.EqualTo(answered));
        Assert.That(head.ServerSideEncryptionKeyManagementServiceKeyId, Is.EqualTo(answered));
        Assert.That(head.ServerSideEncryptionMethod.Value, Is.EqualTo("aws:kms"));
        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
    }

    [TestCase("alias/app")]
    [TestCase(Arn + "alias/app")]
    [TestCase(null)]
    [TestCase("alias/aws/s3")]
    public async Task PutObject_AliasOrNoKey_IsAnsweredByTheKeyBehindIt(string? given)
    {
        string answered = (await PutAsync("k", "x", With(given))).ServerSideEncryptionKeyManagementServiceKeyId;

        Assert.That(answered, Does.Match("^arn:aws:kms:us-east-1:123456789012:key/[0-9a-f-]{36}$"));
        Assert.That(
            (await PutAsync("k2", "x", With(answered))).ServerSideEncryptionKeyManagementServiceKeyId, Is.EqualTo(answered));
    }

    [TestCase("no-such-key", "Invalid keyId 'no-such-key'")]
    [TestCase("11111111-12ab-34cd-56ef-1234567890ab", "Key '" + Arn + "key/11111111-12ab-34cd-56ef-1234567890ab' does not exist")]
    [TestCase("alias/none", "Alias " + Arn + "alias/none is not found.")]
    [TestCase("arn:aws:kms:us-east-1:999999999999:key/" + Uuid, "does not exist")]
    [TestCase("arn:aws:kms:eu-west-1:123456789012:key/" + Uuid, "does not exist")]
    [TestCase("arn:aws:iam::1:role/x", "Invalid arn arn:aws:iam::1:role/x")]
    public async Task PutObject_KeyThatIsNot_IsNotFound(string given, string message)
    {
        AmazonS3Exception error = await ErrorOf(() => PutAsync("k", "x", With(given)));

        Assert.That(((int)error.StatusCode, error.ErrorCode), Is.EqualTo((400, "KMS.NotFoundException")));
        Assert.That(error.Message, Does.Contain(message));
    }

    [Test]
    public async Task AnyUse_OfADisabledKey_IsRefusedUntilItIsEnabled()
    {
        await PutAsync("k", "x", With(_plain.Id));
        _plain.IsEnabled = false;

        AmazonS3Exception put = await ErrorOf(() => PutAsync("k2", "x", With(_plain.Id)));
        AmazonS3Exception get = await ErrorOf(() => ReadAsync("k"));
        AmazonS3Exception copy = await ErrorOf(() => Client.CopyObjectAsync(Bucket, "k", Bucket, "copy"));

        Assert.That(new[] { put.ErrorCode, get.ErrorCode, copy.ErrorCode }, Is.All.EqualTo("KMS.DisabledException"));
        Assert.That(put.Message, Is.EqualTo("testkey-1 is disabled."));
        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).ContentLength, Is.EqualTo(1)); // the KMS is not asked
        _plain.IsEnabled = true;
        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
    }

    [TestCase("eyJhIjoiYiJ9", 200)]
    [TestCase("e30=", 200)]
    [TestCase("eyJhIjoxfQ==", 400)]
    [TestCase("W10=", 400)]
    [TestCase("AAAA", 400)]
    [TestCase("{}", 400)]
    public async Task PutObject_EncryptionContext_IsBase64OfAMapOfStrings(string context, int expected)
    {
        (int status, string body) = await SendAsync(
            HttpMethod.Put, $"/{Bucket}/k",
            headers: [("x-amz-server-side-encryption", "aws:kms"), ("x-amz-server-side-encryption-context", context)]);

        Assert.That(status, Is.EqualTo(expected));
        if (expected == 400) Assert.That(body, Does.Contain("represents a string-string map"));
    }

    [Test]
    public async Task PutObject_EncryptionContext_IsToldToTheWriterAlone()
    {
        string context = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"tenant":"7"}"""));
        PutObjectResponse put = await PutAsync("k", "x", request =>
        {
            With(Uuid)(request);
            request.ServerSideEncryptionKeyManagementServiceEncryptionContext = context;
        });

        using HttpClient http = CreateHttpClient();
        using HttpResponseMessage get = await http.GetAsync(await Client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = Bucket, Key = "k", Protocol = Protocol.HTTP, Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        }));

        Assert.That(put.ServerSideEncryptionKeyManagementServiceEncryptionContext, Is.EqualTo(context));
        Assert.That(await get.Content.ReadAsStringAsync(), Is.EqualTo("x"));
        Assert.That(get.Headers.Contains("x-amz-server-side-encryption-context"), Is.False);
    }

    [TestCase("x-amz-server-side-encryption", "rot13", "The encryption method specified is not supported")]
    [TestCase("x-amz-server-side-encryption-aws-kms-key-id", "testkey-1", "requires HTTP header x-amz-server-side-encryption : aws:kms")]
    public async Task PutObject_NonsenseMethodOrKeyWithoutOne_IsRefused(string name, string value, string message)
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", headers: (name, value));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("<Code>InvalidArgument</Code>").And.Contain(message));
    }

    [Test]
    public async Task UploadPart_MethodRepeated_ChangesNothing()
    {
        string uploadId = (await Client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
        {
            BucketName = Bucket, Key = "k", ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS,
            ServerSideEncryptionKeyManagementServiceKeyId = Uuid,
        })).UploadId;

        (int status, _) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", $"partNumber=1&uploadId={uploadId}", "x",
            ("x-amz-server-side-encryption", "aws:kms"), ("x-amz-server-side-encryption-aws-kms-key-id", "other"));

        Assert.That(status, Is.EqualTo(200));
    }

    [TestCase(EncryptionKind.Kms, true)]
    [TestCase(EncryptionKind.TwoLayers, null)]
    public async Task PutObject_BucketKey_IsToldWhereThereIsOne(EncryptionKind kind, bool? expected)
    {
        PutObjectResponse put = await PutAsync("k", "x", request =>
        {
            request.Encrypt(kind);
            request.BucketKeyEnabled = true;
        });

        Assert.That(put.BucketKeyEnabled, Is.EqualTo(expected));
        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).BucketKeyEnabled, Is.EqualTo(expected));
    }

    [Test]
    public async Task GetObject_PublicAndByNobody_IsRefused()
    {
        await PutAsync("kms", "x", With(Uuid));
        await PutAsync("plain", "x");
        IS3Storage storage = Server.Core.Storage;
        await storage.UpdateBucketAsync(
            Bucket, bucket => bucket with { Ownership = BucketOwnership.ObjectWriter, PublicAccessBlock = null }, default);
        AclRecord everybody = new() { Grants = [new GrantRecord(AclGroups.AllUsers, true, AclPermission.Read)] };
        foreach (string key in new[] { "kms", "plain" })
            await storage.UpdateObjectAsync(Bucket, key, null, record => record with { Acl = everybody }, default);
        using HttpClient http = CreateHttpClient();

        using HttpResponseMessage plain = await http.GetAsync(new Uri(Server.Endpoint, $"/{Bucket}/plain"));
        using HttpResponseMessage kms = await http.GetAsync(new Uri(Server.Endpoint, $"/{Bucket}/kms"));

        Assert.That(((int)plain.StatusCode, (int)kms.StatusCode), Is.EqualTo((200, 400)));
        Assert.That(await kms.Content.ReadAsStringAsync(), Does.Contain("require AWS Signature Version 4."));
    }

    private static Action<PutObjectRequest> With(string? keyId) => request =>
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) =
        (ServerSideEncryptionMethod.AWSKMS, keyId);
}
