using Minio;
using Minio.DataModel;
using Minio.DataModel.Args;

namespace S3Toolkit.Benchmarks.Contenders;

/// <summary>The package Minio.</summary>
internal sealed class MinioContender(Target target) : IContender
{
    private readonly IMinioClient _client = new MinioClient()
        .WithEndpoint(target.Endpoint.Authority).WithCredentials(target.AccessKey, target.SecretKey)
        .WithSSL(target.Endpoint.Scheme == Uri.UriSchemeHttps).WithHttpClient(new HttpClient(Connections.CreateHandler(target))).Build();

    public Task PrepareAsync(Work work) => Task.CompletedTask;

    public Task PutAsync(string key, byte[] content) => _client.PutObjectAsync(new PutObjectArgs()
        .WithBucket(Target.Bucket).WithObject(key).WithStreamData(new MemoryStream(content, writable: false))
            .WithObjectSize(content.Length));

    public Task GetAsync(string key) => _client.GetObjectAsync(new GetObjectArgs()
        .WithBucket(Target.Bucket).WithObject(key).WithCallbackStream(static (stream, token) => stream.CopyToAsync(Stream.Null, token)));

    public Task HeadAsync(string key) => _client.StatObjectAsync(new StatObjectArgs().WithBucket(Target.Bucket).WithObject(key));

    public async Task<long> ListAsync(string prefix)
    {
        long count = 0;
        ListObjectsArgs arguments = new ListObjectsArgs().WithBucket(Target.Bucket).WithPrefix(prefix).WithRecursive(true);
        await foreach (Item _ in _client.ListObjectsEnumAsync(arguments)) count++;
        return count;
    }

    public async Task UploadFileAsync(string key, string path) =>
        await _client.PutObjectAsync(new PutObjectArgs().WithBucket(Target.Bucket).WithObject(key).WithFileName(path));

    public async Task UploadStreamAsync(string key, Stream content) => await _client.PutObjectAsync(new PutObjectArgs()
        .WithBucket(Target.Bucket).WithObject(key).WithStreamData(content).WithObjectSize(Works.Sizes.LargeBytes));

    public async Task DownloadFileAsync(string key, string path) =>
        await _client.GetObjectAsync(new GetObjectArgs().WithBucket(Target.Bucket).WithObject(key).WithFile(path));

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }
}
