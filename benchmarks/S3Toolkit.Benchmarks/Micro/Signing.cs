using BenchmarkDotNet.Attributes;
using S3Toolkit.Signing;

namespace S3Toolkit.Benchmarks.Micro;

/// <summary>The signature of a small request.</summary>
[InProcess]
[MemoryDiagnoser]
public class Signing
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly RequestSigner _signer = new(new SigningCredential("access", "secret"), "us-east-1", new SigningKeyCache());

    [Benchmark]
    public string SignHeaders()
    {
        Span<HeaderField> headers =
        [
            new("host", "127.0.0.1:9000"), new("x-amz-content-sha256", PayloadHash.UnsignedText), new("x-amz-date", "20260102T030405Z"),
        ];
        return _signer.SignHeaders("GET", "/bucket/some/usual/key", "", headers, PayloadHash.UnsignedText, Time);
    }
}
