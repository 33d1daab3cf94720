using Microsoft.Extensions.DependencyInjection;

namespace S3Toolkit.Benchmarks.Contenders;

/// <summary>This library, with its defaults.</summary>
internal sealed class OursContender : IContender
{
    private readonly ServiceProvider _services;
    private readonly IObjectStore _bucket;
    private readonly byte[] _buffer = new byte[128 * 1024];

    public OursContender(Target target, long? maxBufferBytes = null)
    {
        ServiceCollection services = new();
        services.AddS3Toolkit(options =>
        {
            options.Endpoint = target.Endpoint;
            options.AccessKeyId = target.AccessKey;
            options.SecretAccessKey = target.SecretKey;
            options.Provider = S3ProviderProfiles.Aws;
            options.AddressingStyle = S3AddressingStyle.Always;
            if (maxBufferBytes is { } most) options.MaxBufferBytes = most;
            if (target.CertificateFile is not null) options.HttpMessageHandlerFactory = () => Connections.CreateHandler(target);
        });
        _services = services.BuildServiceProvider();
        _bucket = _services.GetRequiredService<IBucketStore>().Bucket(Target.Bucket);
    }

    public Task PrepareAsync(Work work) => Task.CompletedTask;

    public Task PutAsync(string key, byte[] content) => _bucket.PutAsync(key, ObjectContent.FromMemory(content));

    public async Task GetAsync(string key)
    {
        await using ObjectReader reader = await _bucket.GetAsync(key);
        while (await reader.Content.ReadAsync(_buffer) > 0)
        {
        }
    }

    public Task HeadAsync(string key) => _bucket.FindAsync(key);

    public async Task<long> ListAsync(string prefix)
    {
        long count = 0;
        await foreach (ObjectListing _ in _bucket.ListAsync(new ListObjectsOptions { Prefix = prefix })) count++;
        return count;
    }

    public Task UploadFileAsync(string key, string path) => _bucket.PutAsync(key, ObjectContent.FromFile(path));

    public Task UploadStreamAsync(string key, Stream content) => _bucket.PutAsync(key, ObjectContent.FromStream(content));

    public Task DownloadFileAsync(string key, string path) => _bucket.Download(key).ToFileAsync(path);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
