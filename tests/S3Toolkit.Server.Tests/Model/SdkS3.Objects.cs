using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Model;

/// <summary>This file: objects and their versions.</summary>
internal sealed partial class SdkS3
{
    private async Task<string> SendAsync(PutObject step)
    {
        PutObjectRequest request = new()
        {
            BucketName = step.Bucket, Key = step.Key, InputStream = new MemoryStream(Bodies.Of(step.Body)), TagSet = TagSet(step.Tag),
            IfMatch = IfMatch(step.Guard, step.GuardBody), IfNoneMatch = IfNoneMatch(step.Guard),
        };
        request.Metadata["note"] = $"put {step.Body}";
        PutObjectResponse response = await client.PutObjectAsync(request);
        _names.AddVersion(step.Bucket, step.Key, response.VersionId);
        return Answer.Written(Unquote(response.ETag), Short(response.VersionId));
    }

    private async Task<string> HeadAsync(ReadObject step)
    {
        GetObjectMetadataResponse response = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest
        {
            BucketName = step.Bucket, Key = step.Key, VersionId = _names.Version(step.Bucket, step.Key, step.Version), Range = step.Range,
            EtagToMatch = IfMatch(step.Guard, step.GuardBody), EtagToNotMatch = Unless(step),
        });
        return Answer.Read(
            (int)response.HttpStatusCode, Unquote(response.ETag), response.ContentLength, response.ContentRange, Short(response.VersionId),
            Seconds(response.LastModified), response.Metadata["note"], response.TagsCount ?? 0, null);
    }

    private Task<string> GetAsync(ReadObject step) => GetAsync(new GetObjectRequest
    {
        BucketName = step.Bucket, Key = step.Key, VersionId = _names.Version(step.Bucket, step.Key, step.Version),
        ByteRange = step.Range is null ? null : new ByteRange(step.Range),
        EtagToMatch = IfMatch(step.Guard, step.GuardBody), EtagToNotMatch = Unless(step),
    });

    private Task<string> GetAsync(ReadPart step) =>
        GetAsync(new GetObjectRequest { BucketName = step.Bucket, Key = step.Key, PartNumber = step.Number });

    private async Task<string> GetAsync(GetObjectRequest request)
    {
        using GetObjectResponse response = await client.GetObjectAsync(request);
        using MemoryStream bytes = new();
        await response.ResponseStream.CopyToAsync(bytes);
        string read = Answer.Read(
            (int)response.HttpStatusCode, Unquote(response.ETag), response.ContentLength, response.ContentRange, Short(response.VersionId),
            Seconds(response.LastModified), response.Metadata["note"], response.TagCount ?? 0, bytes.ToArray());
        return request.PartNumber is null ? read : $"{read} parts={response.PartsCount ?? 0}";
    }

    private static string? Unless(ReadObject step) => step.Guard == Guard.UnlessBody ? $"\"{Bodies.ETagOf(step.GuardBody)}\"" : null;

    private async Task<string> SendAsync(DeleteObject step)
    {
        DeleteObjectResponse response = await client.DeleteObjectAsync(new DeleteObjectRequest
        {
            BucketName = step.Bucket, Key = step.Key, VersionId = _names.Version(step.Bucket, step.Key, step.Version),
            IfMatch = IfMatch(step.Guard, step.GuardBody),
        });
        _names.AddVersion(step.Bucket, step.Key, response.VersionId);
        return Answer.Deleted(response.DeleteMarker == "true", Short(response.VersionId));
    }

    private async Task<string> SendAsync(DeleteMany step) => Deleted(await client.DeleteObjectsAsync(new DeleteObjectsRequest
    {
        BucketName = step.Bucket,
        Objects =
        [
            new KeyVersion { Key = step.FirstKey, VersionId = _names.Version(step.Bucket, step.FirstKey, step.FirstVersion) },
            new KeyVersion { Key = step.Key, ETag = IfMatch(step.Guard, step.GuardBody) },
        ],
    }), step.Bucket);

    private string Deleted(DeleteObjectsResponse response, string bucket)
    {
        List<string> deleted = [];
        foreach (DeletedObject item in response.DeletedObjects ?? [])
        {
            string? marker = Short(item.DeleteMarkerVersionId);
            deleted.Add(Answer.DeletedOne(item.Key, Short(item.VersionId), item.DeleteMarker ?? false, marker));
            _names.AddVersion(bucket, item.Key, item.DeleteMarkerVersionId);
        }
        return Answer.DeletedMany(deleted, (response.DeleteErrors ?? []).Select(error => $"{error.Key} {error.Code}"));
    }

    private async Task<string> SendAsync(CopyObject step)
    {
        CopyObjectRequest request = new()
        {
            SourceBucket = step.FromBucket, SourceKey = step.FromKey,
            SourceVersionId = _names.Version(step.FromBucket, step.FromKey, step.FromVersion),
            DestinationBucket = step.Bucket, DestinationKey = step.Key,
            MetadataDirective = step.Replaces ? S3MetadataDirective.REPLACE : S3MetadataDirective.COPY,
            IfMatch = IfMatch(step.Guard, 0), IfNoneMatch = IfNoneMatch(step.Guard),
        };
        if (step.Replaces) request.Metadata["note"] = "copy";
        CopyObjectResponse response = await client.CopyObjectAsync(request);
        _names.AddVersion(step.Bucket, step.Key, response.VersionId);
        DateTime modified = DateTime.Parse(response.LastModified, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        return Answer.Copied(Unquote(response.ETag), Seconds(modified), Short(response.VersionId), Short(response.SourceVersionId));
    }

    private async Task<string> SendAsync(PutTags step)
    {
        PutObjectTaggingResponse response = await client.PutObjectTaggingAsync(new PutObjectTaggingRequest
        {
            BucketName = step.Bucket, Key = step.Key, VersionId = _names.Version(step.Bucket, step.Key, step.Version),
            Tagging = new Tagging { TagSet = TagSet(step.Tag) },
        });
        return Answer.Tags((int)response.HttpStatusCode, 0, Short(response.VersionId));
    }

    private async Task<string> SendAsync(GetTags step)
    {
        GetObjectTaggingResponse response = await client.GetObjectTaggingAsync(new GetObjectTaggingRequest
        {
            BucketName = step.Bucket, Key = step.Key, VersionId = _names.Version(step.Bucket, step.Key, step.Version),
        });
        int tag = (response.Tagging ?? []) is [{ Key: "t" } found] ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;
        return Answer.Tags(200, tag, Short(response.VersionId));
    }

    private async Task<string> SendAsync(DeleteTags step)
    {
        DeleteObjectTaggingResponse response = await client.DeleteObjectTaggingAsync(new DeleteObjectTaggingRequest
        {
            BucketName = step.Bucket, Key = step.Key, VersionId = _names.Version(step.Bucket, step.Key, step.Version),
        });
        return Answer.Tags((int)response.HttpStatusCode, 0, Short(response.VersionId));
    }
}
