using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Model;

/// <summary>This file: multipart uploads.</summary>
internal sealed partial class SdkS3
{
    private async Task<string> SendAsync(CreateUpload step)
    {
        InitiateMultipartUploadRequest request = new() { BucketName = step.Bucket, Key = step.Key, TagSet = TagSet(step.Tag) };
        request.Metadata["note"] = "upload";
        string id = (await client.InitiateMultipartUploadAsync(request)).UploadId;
        _names.AddUpload(step.Bucket, step.Key, id);
        _parts[id] = [];
        _shortNames[id] = $"u{_parts.Count}";
        return $"200 {_shortNames[id]}";
    }

    private async Task<string> SendAsync(UploadPart step)
    {
        (string bucket, string key, string id) = _names.Upload(step.Upload);
        UploadPartResponse response = await client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket, Key = key, UploadId = id, PartNumber = step.Number, InputStream = new MemoryStream(Bodies.Of(step.Body)),
        });
        _parts[id][step.Number] = response.ETag;
        return $"200 {Unquote(response.ETag)}";
    }

    private async Task<string> SendAsync(CopyPart step)
    {
        (string bucket, string key, string id) = _names.Upload(step.Upload);
        CopyPartResponse response = await client.CopyPartAsync(new CopyPartRequest
        {
            DestinationBucket = bucket, DestinationKey = key, UploadId = id, PartNumber = step.Number,
            SourceBucket = step.FromBucket, SourceKey = step.FromKey,
            SourceVersionId = _names.Version(step.FromBucket, step.FromKey, step.FromVersion),
            FirstByte = step.First < 0 ? null : step.First, LastByte = step.First < 0 ? null : step.Last,
        });
        _parts[id][step.Number] = response.ETag;
        return Answer.Copied(Unquote(response.ETag), Seconds(response.LastModified), null, Short(response.CopySourceVersionId));
    }

    private async Task<string> SendAsync(ListParts step)
    {
        (string bucket, string key, string id) = _names.Upload(step.Upload);
        string pages = "200 ";
        ListPartsRequest request = new() { BucketName = bucket, Key = key, UploadId = id, MaxParts = step.Page };
        while (true)
        {
            ListPartsResponse page = await client.ListPartsAsync(request);
            bool isTruncated = page.IsTruncated ?? false;
            pages += Answer.Page(
                (page.Parts ?? []).Select(part =>
                    Answer.Part(part.PartNumber ?? 0, Unquote(part.ETag), part.Size ?? 0, Seconds(part.LastModified))),
                [], isTruncated);
            if (!isTruncated) return pages;
            request.PartNumberMarker = $"{page.NextPartNumberMarker}";
        }
    }

    private async Task<string> SendAsync(CompleteUpload step)
    {
        (string bucket, string key, string id) = _names.Upload(step.Upload);
        List<PartETag> parts = [.. (_parts.GetValueOrDefault(id) ?? []).Select(pair => new PartETag(pair.Key, pair.Value))];
        if (step.Choice == Choice.AllButTheFirst && parts.Count > 1) parts.RemoveAt(0);
        if (step.Choice == Choice.OneTwice && parts.Count > 0) parts.Insert(0, parts[0]); // the SDK sorts: no other order gets out
        if (step.Choice == Choice.OneThatIsNotThere) parts.Add(new PartETag(9, "\"none\""));
        if (step.Choice == Choice.WrongETag && parts.Count > 0) parts[0].ETag = "\"none\"";
        CompleteMultipartUploadResponse response = await client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = bucket, Key = key, UploadId = id, PartETags = parts,
            IfMatch = IfMatch(step.Guard, step.GuardBody), IfNoneMatch = IfNoneMatch(step.Guard),
        });
        _names.AddVersion(bucket, key, response.VersionId);
        return Answer.Written(Unquote(response.ETag), Short(response.VersionId));
    }

    private async Task<string> SendAsync(AbortUpload step)
    {
        (string bucket, string key, string id) = _names.Upload(step.Upload);
        return await StatusAsync(client.AbortMultipartUploadAsync(bucket, key, id));
    }
}
