using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Amazon.S3;
using S3Toolkit.Signing;

namespace S3Toolkit.Benchmarks.Contenders;

/// <summary>
/// The measure of all others: one HttpClient, URLs presigned beforehand, buffers of 128 KiB, no checksum, nothing parsed.
/// </summary>
internal sealed class RawContender(Target target) : IContender
{
    private const int BufferBytes = 128 * 1024;

    private readonly HttpClient _http = new(Connections.CreateHandler(target));
    private readonly ConcurrentDictionary<(HttpMethod, string), string> _urls = new();
    private readonly RequestSigner _signer = new(
        new SigningCredential(target.AccessKey, target.SecretKey), "us-east-1", new SigningKeyCache());

    public async Task PrepareAsync(Work work)
    {
        using AmazonS3Client signer = SdkContender.CreateClient(target);
        foreach ((HttpMethod method, string key) in work.Requests) _urls[(method, key)] = await SignAsync(signer, method, key);
    }

    public async Task PutAsync(string key, byte[] content)
    {
        using ByteArrayContent body = new(content);
        using HttpResponseMessage response = await _http.PutAsync(_urls[(HttpMethod.Put, key)], body);
        response.EnsureSuccessStatusCode();
    }

    public Task GetAsync(string key) => DrainAsync(_urls[(HttpMethod.Get, key)], Stream.Null);

    public async Task HeadAsync(string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Head, _urls[(HttpMethod.Head, key)]);
        using HttpResponseMessage response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The pages are drained; the one thing looked for in them is where the next begins, which its URL is signed for.</summary>
    public async Task<long> ListAsync(string prefix)
    {
        long pages = 0;
        string? last = null;
        do
        {
            byte[] page = await _http.GetByteArrayAsync(SignList(prefix, last));
            last = LastKey(page);
            pages++;
        }
        while (last is not null);
        return pages * 1000;
    }

    public async Task UploadFileAsync(string key, string path)
    {
        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        await SendAsync(key, file, file.Length);
    }

    public Task UploadStreamAsync(string key, Stream content) => SendAsync(key, content, Works.Sizes.LargeBytes);

    public async Task DownloadFileAsync(string key, string path)
    {
        await using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await DrainAsync(_urls[(HttpMethod.Get, key)], file);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return default;
    }

    private async Task SendAsync(string key, Stream content, long length)
    {
        using System.Net.Http.StreamContent body = new(content, BufferBytes);
        body.Headers.ContentLength = length;
        using HttpResponseMessage response = await _http.PutAsync(_urls[(HttpMethod.Put, key)], body);
        response.EnsureSuccessStatusCode();
    }

    private async Task DrainAsync(string url, Stream destination)
    {
        using HttpResponseMessage response = await _http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferBytes, response.Content.Headers.ContentLength ?? BufferBytes));
        int count;
        while ((count = await body.ReadAsync(buffer)) > 0)
        {
            if (destination != Stream.Null) await destination.WriteAsync(buffer.AsMemory(0, count));
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static Task<string> SignAsync(AmazonS3Client signer, HttpMethod method, string key) => signer.GetPreSignedURLAsync(new()
    {
        BucketName = Target.Bucket,
        Key = key,
        Verb = method == HttpMethod.Put ? HttpVerb.PUT : method == HttpMethod.Head ? HttpVerb.HEAD : HttpVerb.GET,
        Expires = DateTime.UtcNow.AddHours(12),
        Protocol = signer.Config.ServiceURL!.StartsWith("https", StringComparison.Ordinal) ? Protocol.HTTPS : Protocol.HTTP,
    });

    private string SignList(string prefix, string? startAfter)
    {
        string path = $"/{Target.Bucket}/";
        string query = $"list-type=2&prefix={S3UriEncoding.EncodeQuery(prefix)}";
        if (startAfter is not null) query += $"&start-after={S3UriEncoding.EncodeQuery(startAfter)}";
        HeaderField[] headers = [new("host", target.Endpoint.Authority)];
        return $"{target.Endpoint.GetLeftPart(UriPartial.Authority)}{path}?"
            + _signer.Presign("GET", path, query, headers, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
    }

    private static string? LastKey(ReadOnlySpan<byte> page)
    {
        if (page.IndexOf("<IsTruncated>true"u8) < 0) return null;
        ReadOnlySpan<byte> last = page[(page.LastIndexOf("<Key>"u8) + 5)..];
        return Encoding.UTF8.GetString(last[..last.IndexOf((byte)'<')]);
    }
}
