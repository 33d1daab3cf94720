namespace S3Toolkit.Benchmarks.Contenders;

/// <summary>A client to be measured. What a client cannot do throws <see cref="NotSupportedException"/>.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>Done before the measurement, such as presigning.</summary>
    Task PrepareAsync(Work work);

    Task PutAsync(string key, byte[] content);

    /// <summary>Reads the whole body into a buffer that is used again.</summary>
    Task GetAsync(string key);

    Task HeadAsync(string key);

    /// <summary>The number of keys.</summary>
    Task<long> ListAsync(string prefix);

    Task UploadFileAsync(string key, string path);

    Task UploadStreamAsync(string key, Stream content);

    Task DownloadFileAsync(string key, string path);
}
