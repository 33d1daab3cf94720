using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class OwnerTests(ServerMode mode) : TwoUserFixture(mode)
{
    protected override void Configure(S3ServerOptions options)
    {
        base.Configure(options);
        options.KmsKeys.Add(new S3KmsKey("alias/app"));
    }

    [Test]
    public async Task ListBuckets_OfTwoUsers_GivesEachHisOwn()
    {
        await BobsClient.PutBucketAsync("bobs-bucket");

        ListBucketsResponse anns = await Client.ListBucketsAsync();
        ListBucketsResponse bobs = await BobsClient.ListBucketsAsync();

        Assert.That(anns.Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { Bucket }));
        Assert.That(bobs.Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { "bobs-bucket" }));
        Assert.That((bobs.Owner.Id, bobs.Owner.DisplayName), Is.EqualTo((Bob.Id, "bob")));
        Assert.That(await CodeOf(() => NobodysClient.ListBucketsAsync()), Is.EqualTo("AccessDenied"));
    }

    [Test]
    public async Task StoredWithoutAnOwner_BelongsToTheFirstUser()
    {
        BucketRecord old = new("old-bucket", "us-east-1", TimeProvider.System.GetUtcNow());
        await Server.Core.Storage.CreateBucketAsync(old, default);

        Assert.That((await Client.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName), Does.Contain("old-bucket"));
        Assert.That((await BobsClient.ListBucketsAsync()).Buckets ?? [], Is.Empty);
        Assert.That(await CodeOf(() => PutAsync(BobsClient, "k", bucket: "old-bucket")), Is.EqualTo("AccessDenied"));
        await PutAsync(Client, "k", bucket: "old-bucket");
        GetObjectAclResponse acl = await Client.GetObjectAclAsync(new() { BucketName = "old-bucket", Key = "k" });
        Assert.That(acl.Owner.Id, Is.EqualTo(Ann.Id));
    }

    [Test]
    public async Task CreateBucket_OfAnother_Exists()
    {
        Assert.That(await CodeOf(() => BobsClient.PutBucketAsync(Bucket)), Is.EqualTo("BucketAlreadyExists"));
        Assert.That(await CodeOf(() => NobodysClient.PutBucketAsync("nobodys-bucket")), Is.EqualTo("AccessDenied"));
        await Client.PutBucketAsync(Bucket);
    }

    [Test]
    public async Task CreateBucket_OnesOwnAgain_TakesItsListAway()
    {
        await OpenBucketAsync(S3CannedACL.PublicRead);

        await Client.PutBucketAsync(Bucket);

        Assert.That((await Client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = Bucket })).Grants, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Requests_ByAnother_AreDenied()
    {
        await PutAsync("k", "x");

        Assert.That(await CodeOf(() => BobsClient.ListObjectsV2Async(new() { BucketName = Bucket })), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => ReadAsync(BobsClient, "k")), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => PutAsync(BobsClient, "mine")), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => BobsClient.DeleteObjectAsync(Bucket, "k")), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => BobsClient.DeleteBucketAsync(Bucket)), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => BobsClient.GetBucketTaggingAsync(new() { BucketName = Bucket })), Is.EqualTo("AccessDenied"));
        Assert.That(await StatusOf(() => BobsClient.HeadBucketAsync(new() { BucketName = Bucket })), Is.EqualTo(403));
        Assert.That(await StatusOf(() => NobodysClient.GetObjectMetadataAsync(Bucket, "k")), Is.EqualTo(403));
        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
    }

    [Test]
    public async Task HeadBucket_OfAnother_TellsTheRegion()
    {
        using HttpClient http = CreateHttpClient();
        using HttpRequestMessage request = new(HttpMethod.Head, new Uri(Server.Endpoint, "/" + Bucket));

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(403));
        Assert.That(response.Headers.GetValues("x-amz-bucket-region"), Is.EqualTo(new[] { "us-east-1" }));
    }

    [Test]
    public async Task GetObject_Missing_IsTellingOnlyToThoseWhoMayList()
    {
        Assert.That(await CodeOf(() => ReadAsync(Client, "missing")), Is.EqualTo("NoSuchKey"));
        Assert.That(await CodeOf(() => ReadAsync(BobsClient, "missing")), Is.EqualTo("AccessDenied"));
        Assert.That(await StatusOf(() => NobodysClient.GetObjectMetadataAsync(Bucket, "missing")), Is.EqualTo(403));

        await OpenBucketAsync(S3CannedACL.PublicRead);

        Assert.That(await CodeOf(() => ReadAsync(BobsClient, "missing")), Is.EqualTo("NoSuchKey"));
        Assert.That(await StatusOf(() => NobodysClient.GetObjectMetadataAsync(Bucket, "missing")), Is.EqualTo(404));
    }

    [Test]
    public async Task Listings_ObjectsOfTwoOwners_ShowThem()
    {
        await OpenBucketAsync(S3CannedACL.PublicReadWrite);
        await PutAsync("a", "x");
        await PutAsync(BobsClient, "b");

        ListObjectsResponse first = await Client.ListObjectsAsync(Bucket);
        ListObjectsV2Response second = await Client.ListObjectsV2Async(new() { BucketName = Bucket, FetchOwner = true });
        ListVersionsResponse versions = await Client.ListVersionsAsync(Bucket);

        Assert.That(first.S3Objects.Select(item => item.Owner.DisplayName), Is.EqualTo(new[] { "ann", "bob" }));
        Assert.That(second.S3Objects.Select(item => item.Owner.Id), Is.EqualTo(new[] { Ann.Id, Bob.Id }));
        Assert.That(versions.Versions.Select(item => item.Owner.Id), Is.EqualTo(new[] { Ann.Id, Bob.Id }));
    }

    [Test]
    public async Task Listings_DeleteMarkerOfAnother_IsHis()
    {
        await OpenBucketAsync(S3CannedACL.PublicReadWrite);
        await EnableVersioningAsync();
        await PutAsync(BobsClient, "b");
        await BobsClient.DeleteObjectAsync(Bucket, "b");

        ListVersionsResponse versions = await Client.ListVersionsAsync(Bucket);

        Assert.That(versions.Versions.Count(item => item.IsDeleteMarker == true), Is.EqualTo(1));
        Assert.That(versions.Versions.Select(item => item.Owner.DisplayName), Is.EqualTo(new[] { "bob", "bob" }));
    }

    [Test]
    public async Task Multipart_ByAnother_ShowsWhoStartedItAndIsHis()
    {
        await OpenBucketAsync(S3CannedACL.PublicReadWrite);
        InitiateMultipartUploadResponse started = await BobsClient.InitiateMultipartUploadAsync(Bucket, "m");
        UploadPartResponse part = await BobsClient.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket, Key = "m", UploadId = started.UploadId, PartNumber = 1, InputStream = new MemoryStream([1]),
        });

        MultipartUpload listed = (await Client.ListMultipartUploadsAsync(Bucket)).MultipartUploads.Single();
        ListPartsResponse parts = await BobsClient.ListPartsAsync(Bucket, "m", started.UploadId);
        Assert.That((listed.Initiator.Id, listed.Owner.Id), Is.EqualTo((Bob.Id, Bob.Id)));
        Assert.That((parts.Initiator.DisplayName, parts.Owner.DisplayName), Is.EqualTo(("bob", "bob")));
        Assert.That(await CodeOf(() => NobodysClient.ListPartsAsync(Bucket, "m", started.UploadId)), Is.EqualTo("AccessDenied"));

        await BobsClient.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = Bucket, Key = "m", UploadId = started.UploadId, PartETags = [new PartETag(1, part.ETag)],
        });
        Assert.That(await CodeOf(() => ReadAsync(Client, "m")), Is.EqualTo("AccessDenied"));
        Assert.That((await BobsClient.GetObjectAclAsync(new() { BucketName = Bucket, Key = "m" })).Owner.Id, Is.EqualTo(Bob.Id));
    }

    [Test]
    public async Task DeleteObjects_ByAnother_AnswersKeyByKey()
    {
        await OpenBucketAsync(S3CannedACL.PublicReadWrite);
        await PutAsync("anns", "x");
        await PutAsync(BobsClient, "bobs");
        DeleteObjectsRequest request = new() { BucketName = Bucket, Objects = [new() { Key = "anns" }, new() { Key = "bobs" }] };

        DeleteObjectsException failed = await Assert.ThrowsAsync<DeleteObjectsException>(() => BobsClient.DeleteObjectsAsync(request))
            ?? throw new AssertionException("It deleted what it may not.");

        Assert.That(failed.Response.DeleteErrors.Select(error => (error.Key, error.Code)), Is.EqualTo(new[] { ("anns", "AccessDenied") }));
        Assert.That(failed.Response.DeletedObjects.Select(item => item.Key), Is.EqualTo(new[] { "bobs" }));
    }

    [Test]
    public async Task CopyObject_SourceOfAnother_TakesTheRightToReadIt()
    {
        await PutAsync("secret", "x");
        await PutAsync(Client, "open", S3CannedACL.AuthenticatedRead);
        await BobsClient.PutBucketAsync("bobs-bucket");

        Assert.That(await CodeOf(() => BobsClient.CopyObjectAsync(Bucket, "secret", "bobs-bucket", "k")), Is.EqualTo("AccessDenied"));
        Assert.That(await CodeOf(() => BobsClient.CopyObjectAsync(Bucket, "open", Bucket, "k")), Is.EqualTo("AccessDenied"));
        await BobsClient.CopyObjectAsync(Bucket, "open", "bobs-bucket", "k");
        GetObjectAclResponse acl = await BobsClient.GetObjectAclAsync(new() { BucketName = "bobs-bucket", Key = "k" });

        Assert.That(acl.Owner.Id, Is.EqualTo(Bob.Id));
        Assert.That(acl.Grants, Has.Count.EqualTo(1), "a copy does not take the list along");
    }

    [TestCase("111111111111", true)]
    [TestCase("222222222222", false)]
    [TestCase("nobody", false)]
    public async Task ExpectedBucketOwner_IsTheAccountOrTheId(string expected, bool isRight)
    {
        ListObjectsV2Request request = new() { BucketName = Bucket, ExpectedBucketOwner = expected };

        if (isRight) await Client.ListObjectsV2Async(request);
        else Assert.That(await CodeOf(() => Client.ListObjectsV2Async(request)), Is.EqualTo("AccessDenied"));
        request.ExpectedBucketOwner = Ann.Id;
        await Client.ListObjectsV2Async(request);
    }

    [Test]
    public async Task ExpectedSourceBucketOwner_OfSomebodyElse_IsDenied()
    {
        await PutAsync("k", "x");
        CopyObjectRequest copy = new()
        {
            SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "c",
            ExpectedSourceBucketOwner = "999999999999",
        };

        Assert.That(await CodeOf(() => Client.CopyObjectAsync(copy)), Is.EqualTo("AccessDenied"));
        copy.ExpectedSourceBucketOwner = Ann.AccountId;
        await Client.CopyObjectAsync(copy);
    }

    [Test]
    public async Task RequestPayment_ByOthers_IsAskedForAndTold()
    {
        await OpenBucketAsync(S3CannedACL.PublicReadWrite);
        await Client.PutBucketRequestPaymentAsync(Bucket, new RequestPaymentConfiguration { Payer = "Requester" });
        Assert.That((await Client.GetBucketRequestPaymentAsync(Bucket)).Payer, Is.EqualTo("Requester"));

        PutObjectRequest put = new() { BucketName = Bucket, Key = "k", ContentBody = "x", CannedACL = S3CannedACL.PublicRead };
        Assert.That(await CodeOf(() => BobsClient.PutObjectAsync(put)), Is.EqualTo("AccessDenied"));
        put.RequestPayer = RequestPayer.Requester;
        PutObjectResponse paid = await BobsClient.PutObjectAsync(put);

        Assert.That(paid.RequestCharged, Is.EqualTo(RequestCharged.Requester));
        Assert.That(await CodeOf(() => NobodysClient.PutObjectAsync(put)), Is.EqualTo("AccessDenied"), "nobody cannot be charged");
        Assert.That((await PutAsync("own", "x")).RequestCharged, Is.Null);
    }

    [Test]
    public async Task RequestPayment_FormOfTheOwner_IsTaken()
    {
        await Client.PutBucketRequestPaymentAsync(Bucket, new RequestPaymentConfiguration { Payer = "Requester" });
        using MultipartFormDataContent form = [];
        foreach ((string name, string value) in SignedForm.Create(Server, Bucket, "form", 0, 100))
            form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new StringContent("x"), "\"file\"", "\"f\"");
        using HttpClient http = CreateHttpClient();

        using HttpResponseMessage response = await http.PostAsync(new Uri(Server.Endpoint, "/" + Bucket), form);

        Assert.That((int)response.StatusCode, Is.EqualTo(204), await response.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task RequestPayment_NeverSet_IsTheOwners() =>
        Assert.That((await Client.GetBucketRequestPaymentAsync(Bucket)).Payer, Is.EqualTo("BucketOwner"));

    [TestCase("alias/app")]
    [TestCase(null)]
    [TestCase("arn:aws:kms:us-east-1:111111111111:alias/app")]
    public async Task KmsKey_WithUsers_IsOfTheFirstOnesAccount(string? keyId)
    {
        PutObjectRequest request = new()
        {
            BucketName = Bucket, Key = "k", ContentBody = "x", ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS,
            ServerSideEncryptionKeyManagementServiceKeyId = keyId,
        };

        string answered = (await Client.PutObjectAsync(request)).ServerSideEncryptionKeyManagementServiceKeyId;

        Assert.That(answered, Does.StartWith("arn:aws:kms:us-east-1:111111111111:key/"));
        Assert.That(await ReadAsync("k"), Is.EqualTo("x"));
    }
}
