using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class CopyTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task CopyObject_OddKey_CarriesBytesMetadataAndTags()
    {
        const string key = "dir/ä +%41 😀.txt";
        await PutAsync(key, "body", request =>
        {
            request.Metadata["m"] = "1";
            request.TagSet = [new Tag { Key = "t", Value = "v" }];
        });

        await Client.CopyObjectAsync(Bucket, key, Bucket, "copy");

        Assert.That(await ReadAsync("copy"), Is.EqualTo("body"));
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "copy");
        Assert.That((head.Metadata["m"], head.Headers.ContentType), Is.EqualTo(("1", "text/plain")));
        GetObjectTaggingResponse tags = await Client.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = Bucket, Key = "copy" });
        Assert.That(tags.Tagging.Single().Value, Is.EqualTo("v"));
    }

    [Test]
    public async Task CopyObject_ReplaceMetadata_TakesTheRequests()
    {
        await PutAsync("k", "body", request => request.Metadata["old"] = "1");
        CopyObjectRequest request = new()
        {
            SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "k",
            MetadataDirective = S3MetadataDirective.REPLACE, ContentType = "text/new",
        };
        request.Metadata["new"] = "2";

        await Client.CopyObjectAsync(request);

        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");
        Assert.That(head.Metadata.Keys, Is.EqualTo(new[] { "x-amz-meta-new" }));
        Assert.That(head.Headers.ContentType, Is.EqualTo("text/new"));
    }

    [Test]
    public async Task CopyObject_OntoItselfUnchanged_IsIllegal()
    {
        await PutAsync("k", "body");

        AmazonS3Exception error = await ErrorOf(() => Client.CopyObjectAsync(Bucket, "k", Bucket, "k"));

        Assert.That(error.ErrorCode, Is.EqualTo("InvalidRequest"));
    }

    [Test]
    public async Task CopyObject_OldVersion_RestoresIt()
    {
        await EnableVersioningAsync();
        string first = (await PutAsync("k", "1")).VersionId;
        await PutAsync("k", "2");

        await Client.CopyObjectAsync(Bucket, "k", first, Bucket, "k");

        Assert.That(await ReadAsync("k"), Is.EqualTo("1"));
    }

    [Test]
    public async Task CopyObject_SourceConditionFails_CopiesNothing()
    {
        await PutAsync("k", "body");
        CopyObjectRequest request = new()
        {
            SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "copy", ETagToMatch = "\"0\"",
        };

        Assert.That((await ErrorOf(() => Client.CopyObjectAsync(request))).ErrorCode, Is.EqualTo("PreconditionFailed"));
        Assert.That((await ErrorOf(() => ReadAsync("copy"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task CopyObject_DestinationExists_IsRefusedWhenOnlyIfAbsent()
    {
        await PutAsync("k", "body");
        await PutAsync("copy", "there");
        CopyObjectRequest request = new()
        {
            SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "copy", IfNoneMatch = "*",
        };

        Assert.That((await ErrorOf(() => Client.CopyObjectAsync(request))).ErrorCode, Is.EqualTo("PreconditionFailed"));
        Assert.That(await ReadAsync("copy"), Is.EqualTo("there"));
    }
}
