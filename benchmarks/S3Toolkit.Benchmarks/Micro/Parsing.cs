using System.Text;
using BenchmarkDotNet.Attributes;
using S3Toolkit.Transport.Direct;

namespace S3Toolkit.Benchmarks.Micro;

/// <summary>A page of a listing: 1,000 keys.</summary>
[InProcess]
[MemoryDiagnoser]
public class Parsing
{
    private const int Keys = 1000;

    private byte[] _page = [];

    [GlobalSetup]
    public void Write()
    {
        StringBuilder xml = new("<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>");
        for (int i = 0; i < Keys; i++)
        {
            xml.Append("<Contents><Key>some/usual/key-").Append(i).Append("</Key><LastModified>2026-01-02T03:04:05.678Z</LastModified>")
                .Append("<ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag><Size>1024</Size>")
                .Append("<StorageClass>STANDARD</StorageClass></Contents>");
        }

        _page = Encoding.UTF8.GetBytes(xml.Append("</ListBucketResult>").ToString());
    }

    [Benchmark]
    public int ReadPage() => ListDocument.Objects(_page, Keys, isVersion1: false).Items.Count;
}
