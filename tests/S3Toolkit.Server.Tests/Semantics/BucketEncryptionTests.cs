using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class BucketEncryptionTests(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options) => options.KmsKeys.Add(new S3KmsKey(Encryptions.KmsKeyId));

    [Test]
    public async Task Get_OfANewBucket_IsS3sOwn()
    {
        ServerSideEncryptionRule rule = await RuleAsync();

        Assert.That(rule.ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm.Value, Is.EqualTo("AES256"));
        Assert.That(rule.ServerSideEncryptionByDefault.ServerSideEncryptionKeyManagementServiceKeyId, Is.Null);
        Assert.That(rule.BucketKeyEnabled, Is.False);
    }

    [Test]
    public async Task PutAndDelete_Rule_IsGivenBackAndReset()
    {
        await SetAsync("aws:kms", Encryptions.KmsKeyId, bucketKey: true);

        ServerSideEncryptionRule rule = await RuleAsync();
        Assert.That(rule.ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm.Value, Is.EqualTo("aws:kms"));
        Assert.That(rule.ServerSideEncryptionByDefault.ServerSideEncryptionKeyManagementServiceKeyId, Is.EqualTo(Encryptions.KmsKeyId));
        Assert.That(rule.BucketKeyEnabled, Is.True);

        await Client.DeleteBucketEncryptionAsync(new DeleteBucketEncryptionRequest { BucketName = Bucket });

        Assert.That((await RuleAsync()).ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm.Value, Is.EqualTo("AES256"));
        Assert.That((await PutAsync("k", "x")).ServerSideEncryptionMethod.Value, Is.EqualTo("AES256"));
    }

    [Test]
    public async Task Rule_HoldsForEveryWayToWrite()
    {
        await PutAsync("source", "x");
        await SetAsync("aws:kms", Encryptions.KmsKeyId, bucketKey: true);

        PutObjectResponse put = await PutAsync("put", "x");
        CopyObjectResponse copy = await Client.CopyObjectAsync(Bucket, "source", Bucket, "copy");
        InitiateMultipartUploadResponse start = await Client.InitiateMultipartUploadAsync(Bucket, "upload");
        using HttpResponseMessage post = await PostAsync();

        string kms = ServerSideEncryptionMethod.AWSKMS.Value;
        Assert.That(
            new[] { put.ServerSideEncryptionMethod, copy.ServerSideEncryptionMethod, start.ServerSideEncryptionMethod }
                .Select(static method => method?.Value),
            Is.All.EqualTo(kms));
        Assert.That(post.Headers.GetValues("x-amz-server-side-encryption").Single(), Is.EqualTo(kms));
        Assert.That(
            new[]
            {
                put.ServerSideEncryptionKeyManagementServiceKeyId, copy.ServerSideEncryptionKeyManagementServiceKeyId,
                start.ServerSideEncryptionKeyManagementServiceKeyId,
            },
            Is.All.EqualTo(Encryptions.KmsKeyId));
        Assert.That((put.BucketKeyEnabled, copy.BucketKeyEnabled), Is.EqualTo((true, true)));
        Assert.That((await ReadAsync("put"), await ReadAsync("copy"), await ReadAsync("posted")), Is.EqualTo(("x", "x", "x")));
    }

    [Test]
    public async Task Rule_RequestThatSaysOtherwise_Wins()
    {
        await SetAsync("aws:kms", Encryptions.KmsKeyId, bucketKey: true);

        PutObjectResponse s3 = await PutAsync("s3", "x", request => request.Encrypt(EncryptionKind.S3));
        PutObjectResponse customer = await PutAsync("c", "x", request => request.Encrypt(EncryptionKind.CustomerA));
        PutObjectResponse other = await PutAsync("k", "x", request =>
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
            request.BucketKeyEnabled = false;
        });

        Assert.That(s3.ServerSideEncryptionMethod.Value, Is.EqualTo("AES256"));
        Assert.That(customer.ServerSideEncryptionMethod, Is.Null);
        Assert.That(other.ServerSideEncryptionKeyManagementServiceKeyId, Does.StartWith("arn:")); // the default key, not the bucket's
        Assert.That(other.BucketKeyEnabled, Is.Null.Or.False);
    }

    [Test]
    public async Task Rule_KeyThatIsNot_IsFoundOutByTheWriter()
    {
        await SetAsync("aws:kms", "no-such-key", bucketKey: false);

        Assert.That((await ErrorOf(() => PutAsync("k", "x"))).ErrorCode, Is.EqualTo("KMS.NotFoundException"));
    }

    [Test]
    public async Task Rule_BlockedCustomerKeys_RefuseWritesAndNoReads()
    {
        await PutAsync("old", "x", request => request.Encrypt(EncryptionKind.CustomerA));
        await PutDocumentAsync(
            "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>"
            + "<BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes></Rule>");

        AmazonS3Exception error = await ErrorOf(() => PutAsync("new", "x", request => request.Encrypt(EncryptionKind.CustomerA)));

        Assert.That(((int)error.StatusCode, error.ErrorCode), Is.EqualTo((403, "AccessDenied")));
        Assert.That(await ReadAsync("old", request => request.Decrypt(EncryptionKind.CustomerA)), Is.EqualTo("x"));
        (_, string body) = await SendAsync(HttpMethod.Get, "/" + Bucket, "encryption=");
        Assert.That(body, Does.Contain("<BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes>"));
    }

    [TestCase("", "MalformedXML")]
    [TestCase("<Rule/>", "MalformedXML")]
    [TestCase("<Rule><ApplyServerSideEncryptionByDefault/></Rule>", "MalformedXML")]
    [TestCase("<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>rot13</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>",
        "MalformedXML")]
    [TestCase("<Rule><BucketKeyEnabled>yes</BucketKeyEnabled></Rule>", "MalformedXML")]
    [TestCase("<Rule><BlockedEncryptionTypes><EncryptionType>SSE-S3</EncryptionType></BlockedEncryptionTypes></Rule>", "MalformedXML")]
    [TestCase("<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>"
        + "</ApplyServerSideEncryptionByDefault></Rule>", "InvalidArgument")]
    [TestCase("<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>arn:x</KMSMasterKeyID>"
        + "</ApplyServerSideEncryptionByDefault></Rule>", "InvalidArgument")]
    [TestCase(
        "<Rule><BucketKeyEnabled>true</BucketKeyEnabled></Rule><Rule><BucketKeyEnabled>true</BucketKeyEnabled></Rule>", "MalformedXML")]
    public async Task Put_WrongDocument_IsRefused(string content, string code)
    {
        (int status, string body) = await PutDocumentAsync(content);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>"));
    }

    private Task<(int Status, string Body)> PutDocumentAsync(string content) => SendAsync(
        HttpMethod.Put, "/" + Bucket, "encryption=",
        $"<ServerSideEncryptionConfiguration>{content}</ServerSideEncryptionConfiguration>");

    private async Task<HttpResponseMessage> PostAsync()
    {
        using MultipartFormDataContent form = [];
        foreach ((string name, string value) in SignedForm.Create(Server, Bucket, "posted", 1, 100))
            form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new StringContent("x"), "\"file\"", "\"f\"");
        using HttpClient http = CreateHttpClient();
        return await http.PostAsync(new Uri(Server.Endpoint, "/" + Bucket), form);
    }

    private async Task<ServerSideEncryptionRule> RuleAsync() =>
        (await Client.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = Bucket }))
            .ServerSideEncryptionConfiguration.ServerSideEncryptionRules.Single();

    private Task SetAsync(string algorithm, string? keyId, bool bucketKey) => Client.PutBucketEncryptionAsync(new PutBucketEncryptionRequest
    {
        BucketName = Bucket,
        ServerSideEncryptionConfiguration = new ServerSideEncryptionConfiguration
        {
            ServerSideEncryptionRules =
            [
                new ServerSideEncryptionRule
                {
                    BucketKeyEnabled = bucketKey,
                    ServerSideEncryptionByDefault = new ServerSideEncryptionByDefault
                    {
                        ServerSideEncryptionAlgorithm = new ServerSideEncryptionMethod(algorithm),
                        ServerSideEncryptionKeyManagementServiceKeyId = keyId,
                    },
                },
            ],
        },
    });
}
