using BenchmarkDotNet.Attributes;
using S3Toolkit.Checksums;

namespace S3Toolkit.Benchmarks.Micro;

/// <summary>The checksums that S3 knows, of 1 MiB.</summary>
[InProcess]
[MemoryDiagnoser]
public class Checksums
{
    private readonly byte[] _data = new byte[1024 * 1024];

    [Params(ChecksumFunction.Crc64Nvme, ChecksumFunction.Crc32C, ChecksumFunction.Crc32, ChecksumFunction.Sha256)]
    public ChecksumFunction Function { get; set; }

    [GlobalSetup]
    public void Fill() => new Random(1).NextBytes(_data);

    [Benchmark]
    public string Compute() => IncrementalChecksum.ComputeBase64(Function, _data);
}
