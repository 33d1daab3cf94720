using S3Toolkit;

namespace QuickStart;

/// <summary>The tutorial from the first list to the deleted bucket, step by step as `aws s3` and boto3 users know it.</summary>
internal sealed class SeedWalk(IBucketStore buckets, string? region, string folder)
{
    private const string SampleKey = "sampletext.txt";
    private const string LargeKey = "backups/2026/large.bin";
    private const int LargeFileBytes = 64 * 1024 * 1024;

    private readonly string _bucketName = $"quickstart-{Guid.NewGuid():N}"[..24];
    private readonly string _sampleFile = Path.Combine(folder, SampleKey);
    private readonly string _largeFile = Path.Combine(folder, "large.bin");
    private bool _mayExist;

    private string Boto3Location => region is null ? "" : $", CreateBucketConfiguration={{\"LocationConstraint\": \"{region}\"}}";

    private IObjectStore Bucket => buckets.Bucket(_bucketName);

    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await SampleFiles.WriteTextAsync(_sampleFile, cancellationToken);
        await SampleFiles.WriteRandomAsync(_largeFile, LargeFileBytes, cancellationToken);
        try
        {
            return await Walk.RunAsync(Steps(), cancellationToken);
        }
        finally
        {
            // A walk that failed or was stopped leaves nothing behind either.
            if (_mayExist) await RemoveBucketAsync();
        }
    }

    private async Task RemoveBucketAsync()
    {
        try
        {
            await buckets.DeleteAsync(_bucketName, new DeleteBucketOptions { Force = true }, CancellationToken.None);
        }
        catch (S3ToolkitException problem)
        {
            Console.WriteLine($"Bucket '{_bucketName}' may be left, remove it by hand: {problem.Message}");
        }
    }

    private IReadOnlyList<Step> Steps() =>
    [
        new("List the buckets", "aws s3 ls", "[bucket.name for bucket in s3.buckets.all()]", ListBucketsAsync),
        new("Create a bucket",
            $"aws s3 mb s3://{_bucketName}{(region is null ? "" : $" --region {region}")}",
            $"client.create_bucket(Bucket=\"{_bucketName}\"{Boto3Location})",
            CreateBucketAsync),
        new("Upload a file",
            $"aws s3 cp {SampleKey} s3://{_bucketName}",
            $"s3.Bucket(\"{_bucketName}\").put_object(Key=\"{SampleKey}\", Body=open(\"{SampleKey}\", \"rb\"))",
            UploadFileAsync),
        new("Upload a large file, in parallel parts",
            $"aws s3 cp large.bin s3://{_bucketName}/{LargeKey}",
            $"client.upload_file(\"large.bin\", \"{_bucketName}\", \"{LargeKey}\", Callback=progress)",
            UploadLargeFileAsync),
        new("List the objects",
            $"aws s3 ls s3://{_bucketName} --recursive",
            $"client.get_paginator(\"list_objects_v2\").paginate(Bucket=\"{_bucketName}\")",
            ListObjectsAsync),
        new("Download a file",
            $"aws s3 cp s3://{_bucketName}/{SampleKey} sampletext1.txt",
            $"client.download_file(\"{_bucketName}\", \"{SampleKey}\", \"sampletext1.txt\")",
            DownloadFileAsync),
        new("Sync everything down into a folder",
            $"aws s3 sync s3://{_bucketName} s3_downloads",
            $"for item in s3.Bucket(\"{_bucketName}\").objects.all(): client.download_file(...)",
            SyncDownAsync),
        new("Delete one object",
            $"aws s3 rm s3://{_bucketName}/{SampleKey}",
            $"s3.Object(\"{_bucketName}\", \"{SampleKey}\").delete()",
            DeleteOneAsync),
        new("Delete all objects",
            $"aws s3 rm s3://{_bucketName} --recursive",
            $"s3.Bucket(\"{_bucketName}\").objects.all().delete()",
            DeleteAllAsync),
        new("Delete the bucket", $"aws s3 rb s3://{_bucketName}", $"s3.Bucket(\"{_bucketName}\").delete()", DeleteBucketAsync),
    ];

    private async Task<string> ListBucketsAsync(CancellationToken cancellationToken)
    {
        var names = await buckets.ListAsync(cancellationToken).Select(bucket => bucket.Name).ToListAsync(cancellationToken);
        if (names.Contains(_bucketName)) throw new StepFailedException($"bucket '{_bucketName}' is listed before it was created");
        return $"{names.Count} buckets";
    }

    private async Task<string> CreateBucketAsync(CancellationToken cancellationToken)
    {
        _mayExist = true;
        await buckets.CreateAsync(_bucketName, new CreateBucketOptions { Region = region }, cancellationToken);

        var found = await buckets.FindAsync(_bucketName, cancellationToken);
        if (found is null) throw new StepFailedException($"bucket '{_bucketName}' was created and cannot be found");
        if (region is not null && found.Region != region)
            throw new StepFailedException($"the bucket is in region '{found.Region}' instead of '{region}'");
        return $"bucket '{found.Name}' in {found.Region ?? "the server's region"}";
    }

    private async Task<string> UploadFileAsync(CancellationToken cancellationToken)
    {
        var uploaded = await Bucket.Upload(SampleKey).FromFileAsync(_sampleFile, cancellationToken);
        return await StoredSizeAsync(uploaded, _sampleFile, cancellationToken);
    }

    private async Task<string> UploadLargeFileAsync(CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine();
        var uploaded = await Bucket.Upload(LargeKey)
            .WithContentType("application/octet-stream")
            .WithMetadata("made-by", "quickstart")
            .WithProgress(progress)
            .FromFileAsync(_largeFile, cancellationToken);
        return await StoredSizeAsync(uploaded, _largeFile, cancellationToken);
    }

    private async Task<string> ListObjectsAsync(CancellationToken cancellationToken)
    {
        var keys = await Bucket.ListObjectsAsync(cancellationToken: cancellationToken)
            .Select(found => found.Key)
            .ToListAsync(cancellationToken);
        string[] expected = [LargeKey, SampleKey];
        if (!keys.SequenceEqual(expected))
            throw new StepFailedException($"the bucket lists {string.Join(", ", keys)} instead of {string.Join(", ", expected)}");
        return string.Join(", ", keys);
    }

    private async Task<string> DownloadFileAsync(CancellationToken cancellationToken)
    {
        var copy = Path.Combine(folder, "sampletext1.txt");
        await Bucket.Download(SampleKey).ToFileAsync(copy, cancellationToken);
        return $"{await SampleFiles.CompareAsync(_sampleFile, copy, cancellationToken):N0} bytes are the same";
    }

    private async Task<string> SyncDownAsync(CancellationToken cancellationToken)
    {
        var downloads = Path.Combine(folder, "s3_downloads");
        await foreach (var found in Bucket.ListObjectsAsync(cancellationToken: cancellationToken))
        {
            var path = SampleFiles.PathInside(downloads, found.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await Bucket.Download(found.Key).ToFileAsync(path, cancellationToken);
        }

        var bytes = await SampleFiles.CompareAsync(_sampleFile, SampleFiles.PathInside(downloads, SampleKey), cancellationToken)
            + await SampleFiles.CompareAsync(_largeFile, SampleFiles.PathInside(downloads, LargeKey), cancellationToken);
        return $"2 files, {bytes:N0} bytes are the same";
    }

    private async Task<string> DeleteOneAsync(CancellationToken cancellationToken)
    {
        await Bucket.DeleteAsync(SampleKey, cancellationToken);
        if (await Bucket.ExistsAsync(SampleKey, cancellationToken)) throw new StepFailedException($"'{SampleKey}' is still there");
        if (!await Bucket.ExistsAsync(LargeKey, cancellationToken)) throw new StepFailedException($"'{LargeKey}' is gone too");
        return $"'{SampleKey}' is gone, '{LargeKey}' is not";
    }

    private async Task<string> DeleteAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var deleted in Bucket.DeletePrefixAsync("", cancellationToken))
        {
            if (deleted.Failure is { } failure) throw new StepFailedException($"'{deleted.Key}' was not deleted: {failure.Message}");
        }

        var left = await Bucket.ListObjectsAsync(cancellationToken: cancellationToken).CountAsync(cancellationToken);
        return left == 0 ? "the bucket is empty" : throw new StepFailedException($"{left} objects are left");
    }

    private async Task<string> DeleteBucketAsync(CancellationToken cancellationToken)
    {
        if (!await buckets.DeleteAsync(_bucketName, cancellationToken))
            throw new StepFailedException($"bucket '{_bucketName}' was gone before");
        _mayExist = false;
        if (await buckets.ExistsAsync(_bucketName, cancellationToken))
            throw new StepFailedException($"bucket '{_bucketName}' is still there");
        return $"bucket '{_bucketName}' is gone";
    }

    private async Task<string> StoredSizeAsync(ObjectInfo uploaded, string file, CancellationToken cancellationToken)
    {
        var stored = await Bucket.FindAsync(uploaded.Key, cancellationToken)
            ?? throw new StepFailedException($"'{uploaded.Key}' was uploaded and cannot be found");
        var expected = new FileInfo(file).Length;
        if (stored.SizeBytes != expected)
            throw new StepFailedException($"'{stored.Key}' has {stored.SizeBytes:N0} bytes instead of {expected:N0}");
        return $"'{stored.Key}', {stored.SizeBytes:N0} bytes, {stored.ContentType}, ETag {stored.ETag}";
    }
}
