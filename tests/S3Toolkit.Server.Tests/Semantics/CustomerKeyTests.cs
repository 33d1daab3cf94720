using System.Net.Http.Headers;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>SSE-C: what the headers must be, and who gets what without the key.</summary>
public sealed class CustomerKeyTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Prefix = "x-amz-server-side-encryption-customer";

    private static readonly TestCaseData<string, string?, string, string>[] Wrong =
    [
        new("algorithm", null, "InvalidArgument", "must provide a valid encryption algorithm."),
        new("algorithm", "AES128", "InvalidEncryptionAlgorithmError", "Supported value: AES256."),
        new("key", null, "InvalidArgument", "must provide an appropriate secret key."),
        new("key", "AAAA", "InvalidArgument", "The secret key was invalid for the specified algorithm."),
        new("key", "not base64 at all", "InvalidArgument", "The secret key was invalid for the specified algorithm."),
        new("key", Convert.ToBase64String(new byte[33]), "InvalidArgument", "The secret key was invalid for the specified algorithm."),
        new("key-md5", null, "InvalidArgument", "must provide the client calculated MD5 of the secret key."),
        new("key-md5", "AAAAAAAAAAAAAAAAAAAAAA==", "InvalidArgument", "The calculated MD5 hash of the key did not match"),
    ];

    [TestCaseSource(nameof(Wrong))]
    public async Task AnyHeader_MissingOrWrong_IsRefusedInPutGetAndStart(string header, string? value, string code, string message)
    {
        (string, string)[] headers =
        [
            .. Encryptions.Headers(Encryptions.KeyA).Where(item => item.Name != $"{Prefix}-{header}"),
            .. value is null ? [] : new[] { ($"{Prefix}-{header}", value) },
        ];
        await PutAsync("plain", "x");

        foreach ((HttpMethod method, string query) in new[] { (HttpMethod.Put, ""), (HttpMethod.Get, ""), (HttpMethod.Post, "uploads=") })
        {
            (int status, string body) = await SendAsync(method, $"/{Bucket}/plain", query, headers: headers);

            Assert.That((status, body), Is.EqualTo((400, body)), body);
            Assert.That(body, Does.Contain($"<Code>{code}</Code>").And.Contain(message));
            if (value is not null && header == "key") Assert.That(body, Does.Not.Contain(value));
        }
    }

    [Test]
    public async Task PutObject_WithAnotherMethodToo_IsRefused()
    {
        (int status, string body) = await SendAsync(
            HttpMethod.Put, $"/{Bucket}/k",
            headers: [.. Encryptions.Headers(Encryptions.KeyA), ("x-amz-server-side-encryption", "AES256")]);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("InvalidArgument").And.Contain("is incompatible with the encryption method specified"));
    }

    [Test]
    public async Task PutObject_AnswerAndHead_NameTheKeyByItsMd5Alone()
    {
        PutObjectResponse put = await PutAsync("k", "secret", request => request.Encrypt(EncryptionKind.CustomerA));
        GetObjectMetadataRequest asked = new() { BucketName = Bucket, Key = "k" };
        asked.Decrypt(EncryptionKind.CustomerA);
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(asked);

        Assert.That(put.ServerSideEncryptionCustomerMethod.Value, Is.EqualTo("AES256"));
        Assert.That(put.ServerSideEncryptionCustomerProvidedKeyMD5, Is.EqualTo(Encryptions.Md5Of(Encryptions.KeyA)));
        Assert.That(put.ServerSideEncryptionMethod, Is.Null);
        Assert.That(head.ServerSideEncryptionCustomerMethod.Value, Is.EqualTo("AES256"));
        Assert.That(head.ServerSideEncryptionCustomerProvidedKeyMD5, Is.EqualTo(Encryptions.Md5Of(Encryptions.KeyA)));
    }

    [TestCase("GET", "")]
    [TestCase("HEAD", "")]
    [TestCase("GET", "attributes=")]
    public async Task Read_WithoutTheKeyOrWithAnother_GivesNothing(string method, string query)
    {
        await PutAsync("k", "secret", request => request.Encrypt(EncryptionKind.CustomerA));
        (string, string)[] attributes = [("x-amz-object-attributes", "ObjectSize")];

        (int without, string withoutBody) = await SendAsync(new HttpMethod(method), $"/{Bucket}/k", query, headers: attributes);
        (int wrong, string wrongBody) = await SendAsync(
            new HttpMethod(method), $"/{Bucket}/k", query, headers: [.. attributes, .. Encryptions.Headers(Encryptions.KeyB)]);
        (int right, _) = await SendAsync(
            new HttpMethod(method), $"/{Bucket}/k", query, headers: [.. attributes, .. Encryptions.Headers(Encryptions.KeyA)]);

        Assert.That((without, wrong, right), Is.EqualTo((400, 403, 200)));
        if (method == "HEAD") return;
        Assert.That(withoutBody, Does.Contain("InvalidRequest").And.Contain("using a form of Server Side Encryption"));
        Assert.That(wrongBody, Does.Contain("<Code>AccessDenied</Code>"));
    }

    [Test]
    public async Task GetObject_OfAPlainObjectWithAKey_IsRefused()
    {
        await PutAsync("k", "x");

        AmazonS3Exception error = await ErrorOf(() => ReadAsync("k", request => request.Decrypt(EncryptionKind.CustomerA)));

        Assert.That((error.ErrorCode, error.Message),
            Is.EqualTo(("InvalidRequest", "The encryption parameters are not applicable to this object.")));
    }

    [Test]
    public async Task CopyObject_SourceWithoutItsKeyOrWithAnother_IsRefused()
    {
        await PutAsync("k", "secret", request => request.Encrypt(EncryptionKind.CustomerA));
        (string, string) source = ("x-amz-copy-source", $"/{Bucket}/k");

        (int without, _) = await SendAsync(HttpMethod.Put, $"/{Bucket}/copy", headers: source);
        (int wrong, _) = await SendAsync(
            HttpMethod.Put, $"/{Bucket}/copy",
            headers: [source, .. Encryptions.Headers(Encryptions.KeyB, "x-amz-copy-source-server-side-encryption")]);
        (int onlyOfCopy, _) = await SendAsync(
            HttpMethod.Put, $"/{Bucket}/copy", headers: [source, .. Encryptions.Headers(Encryptions.KeyA)]);

        Assert.That((without, wrong, onlyOfCopy), Is.EqualTo((400, 403, 400)));
    }

    [Test]
    public async Task UploadPart_WithoutTheKeyOrWithAnother_IsRefused()
    {
        string uploadId = await StartAsync(EncryptionKind.CustomerA);

        AmazonS3Exception without = await ErrorOf(() => PartAsync(uploadId, EncryptionKind.None));
        AmazonS3Exception wrong = await ErrorOf(() => PartAsync(uploadId, EncryptionKind.CustomerB));

        Assert.That((without.ErrorCode, wrong.ErrorCode), Is.EqualTo(("InvalidRequest", "InvalidRequest")));
        Assert.That(without.Message, Does.StartWith("The multipart upload initiate requested encryption."));
        Assert.That(wrong.Message, Is.EqualTo("The provided encryption parameters did not match the ones used originally."));
    }

    [Test]
    public async Task UploadPart_KeyForAnUploadWithoutOne_IsRefused()
    {
        string uploadId = await StartAsync(EncryptionKind.None);

        AmazonS3Exception error = await ErrorOf(() => PartAsync(uploadId, EncryptionKind.CustomerA));

        Assert.That((error.ErrorCode, error.Message), Is.EqualTo(("InvalidRequest",
            "The multipart initiate request did not request encryption. Please resend the request without sending encryption "
            + "parameters.")));
    }

    [Test]
    public async Task CompleteAndListParts_KeyGiven_MustBeTheRightOne()
    {
        string uploadId = await StartAsync(EncryptionKind.CustomerA);
        string eTag = (await PartAsync(uploadId, EncryptionKind.CustomerA)).ETag;
        string document = $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{eTag}</ETag></Part></CompleteMultipartUpload>";

        (int list, _) = await SendAsync(
            HttpMethod.Get, $"/{Bucket}/k", $"uploadId={uploadId}", headers: Encryptions.Headers(Encryptions.KeyB));
        (int listRight, string listed) = await SendAsync(
            HttpMethod.Get, $"/{Bucket}/k", $"uploadId={uploadId}", headers: Encryptions.Headers(Encryptions.KeyA));
        (int wrong, _) = await SendAsync(
            HttpMethod.Post, $"/{Bucket}/k", $"uploadId={uploadId}", document, Encryptions.Headers(Encryptions.KeyB));
        (int right, _) = await SendAsync(
            HttpMethod.Post, $"/{Bucket}/k", $"uploadId={uploadId}", document, Encryptions.Headers(Encryptions.KeyA));

        Assert.That((list, listRight, wrong, right), Is.EqualTo((403, 200, 403, 200)));
        Assert.That(listed, Does.Contain(eTag.Trim('"')).And.Contain("<Size>4</Size>"));
        Assert.That(await ReadAsync("k", request => request.Decrypt(EncryptionKind.CustomerA)), Is.EqualTo("part"));
    }

    [Test]
    public async Task Post_FieldsOfAKey_EncryptTheFile()
    {
        Dictionary<string, string> fields = SignedForm.Create(Server, Bucket, "k", 1, 100, Encryptions.Headers(Encryptions.KeyA));
        using MultipartFormDataContent form = [];
        foreach ((string name, string value) in fields) form.Add(Field(value), $"\"{name}\"");
        form.Add(Field("from a form"), "\"file\"", "\"f\"");
        using HttpClient http = CreateHttpClient();

        using HttpResponseMessage response = await http.PostAsync(new Uri(Server.Endpoint, "/" + Bucket), form);

        Assert.That((int)response.StatusCode, Is.EqualTo(204), await response.Content.ReadAsStringAsync());
        Assert.That(response.Headers.GetValues(Prefix + "-key-MD5").Single(), Is.EqualTo(Encryptions.Md5Of(Encryptions.KeyA)));
        Assert.That(await ReadAsync("k", request => request.Decrypt(EncryptionKind.CustomerA)), Is.EqualTo("from a form"));
        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("InvalidRequest"));
    }

    private static StringContent Field(string value)
    {
        StringContent content = new(value, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain");
        return content;
    }

    private async Task<string> StartAsync(EncryptionKind kind)
    {
        InitiateMultipartUploadRequest start = new() { BucketName = Bucket, Key = "k" };
        start.Encrypt(kind);
        return (await Client.InitiateMultipartUploadAsync(start)).UploadId;
    }

    private Task<UploadPartResponse> PartAsync(string uploadId, EncryptionKind kind)
    {
        UploadPartRequest part = new()
        {
            BucketName = Bucket, Key = "k", UploadId = uploadId, PartNumber = 1, InputStream = new MemoryStream("part"u8.ToArray()),
        };
        part.Encrypt(kind);
        return Client.UploadPartAsync(part);
    }
}
