namespace S3Toolkit.Transport.Direct;

/// <summary>What came back: an open answer, or an error.</summary>
internal readonly struct DirectAnswer : IDisposable
{
    private readonly HttpResponseMessage? _response;

    public DirectAnswer(HttpResponseMessage response, string? sentChecksum) => (_response, SentChecksum) = (response, sentChecksum);

    public DirectAnswer(S3Error error) => Error = error;

    public S3Error? Error { get; }

    /// <summary>The checksum that followed the body of the request; null without one.</summary>
    public string? SentChecksum { get; }

    /// <summary>The answer; only when there is no error.</summary>
    public HttpResponseMessage Response => _response!;

    public void Dispose() => _response?.Dispose();
}
