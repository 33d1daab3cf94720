namespace S3Toolkit.Benchmarks;

/// <summary>The server that is worked with.</summary>
internal sealed record Target(Uri Endpoint, string AccessKey, string SecretKey, string? CertificateFile)
{
    public const string Bucket = "bench";

    public static Target FromEnvironment() => new(
        new Uri(Environment.GetEnvironmentVariable("BENCH_ENDPOINT")!), "bench", "bench-secret",
        Environment.GetEnvironmentVariable("BENCH_CERTIFICATE"));

    public IEnumerable<(string Name, string Value)> ToEnvironment()
    {
        yield return ("BENCH_ENDPOINT", Endpoint.AbsoluteUri);
        if (CertificateFile is not null) yield return ("BENCH_CERTIFICATE", CertificateFile);
    }
}
