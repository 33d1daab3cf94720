using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

namespace S3Toolkit.Benchmarks.Contenders;

/// <summary>The AWS SDK as it comes, and its TransferUtility for large bodies.</summary>
internal sealed class SdkContender(Target target) : IContender
{
    private readonly AmazonS3Client _client = CreateClient(target);

    public static AmazonS3Client CreateClient(Target target)
    {
        AmazonS3Config config = new()
        {
            ServiceURL = target.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
        };
        if (target.CertificateFile is not null) config.HttpClientFactory = new TrustingHttpClientFactory(target);
        return new AmazonS3Client(target.AccessKey, target.SecretKey, config);
    }

    public Task PrepareAsync(Work work) => Task.CompletedTask;

    public Task PutAsync(string key, byte[] content) => _client.PutObjectAsync(new PutObjectRequest
    {
        BucketName = Target.Bucket, Key = key, InputStream = new MemoryStream(content, writable: false),
    });

    public async Task GetAsync(string key)
    {
        using GetObjectResponse response = await _client.GetObjectAsync(Target.Bucket, key);
        await response.ResponseStream.CopyToAsync(Stream.Null);
    }

    public Task HeadAsync(string key) => _client.GetObjectMetadataAsync(Target.Bucket, key);

    public async Task<long> ListAsync(string prefix)
    {
        long count = 0;
        await foreach (S3Object _ in _client.Paginators.ListObjectsV2(
            new() { BucketName = Target.Bucket, Prefix = prefix }).S3Objects) count++;
        return count;
    }

    public async Task UploadFileAsync(string key, string path)
    {
        using TransferUtility transfers = new(_client);
        await transfers.UploadAsync(path, Target.Bucket, key);
    }

    public async Task UploadStreamAsync(string key, Stream content)
    {
        using TransferUtility transfers = new(_client);
        await transfers.UploadAsync(content, Target.Bucket, key);
    }

    public async Task DownloadFileAsync(string key, string path)
    {
        using TransferUtility transfers = new(_client);
        await transfers.DownloadAsync(path, Target.Bucket, key);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    private sealed class TrustingHttpClientFactory(Target target) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(Connections.CreateHandler(target));
    }
}
