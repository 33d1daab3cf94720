using System.Globalization;
using System.Text;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Tests.Support;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>Checksums that come behind the body, of all functions: the SDK computes only some of them.</summary>
public sealed class TrailerTests(ServerMode mode) : ServerFixture(mode)
{
    private const string PayloadText = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("the quick brown fox");

    [Test]
    public async Task PutObject_ChecksumInATrailer_IsVerifiedAndKept([Values] ChecksumFunction function)
    {
        string value = IncrementalChecksum.ComputeBase64(function, Body);
        string wrong = IncrementalChecksum.ComputeBase64(function, "another body"u8);

        (int good, _) = await PutAsync("k", function.ToHeaderName(), value);
        (int bad, string error) = await PutAsync("bad", function.ToHeaderName(), wrong);

        using HttpClient http = CreateHttpClient();
        using HttpRequestMessage request = SignedAt(
            HttpMethod.Head, $"/{Bucket}/k", TimeProvider.System.GetUtcNow(), "", "", ("x-amz-checksum-mode", "ENABLED"));
        using HttpResponseMessage head = await http.SendAsync(request);
        Assert.That((good, bad), Is.EqualTo((200, 400)));
        Assert.That(error, Does.Contain("<Code>BadDigest</Code>"));
        Assert.That(head.HeaderOf(function.ToHeaderName()), Is.EqualTo(value));
    }

    private async Task<(int Status, string Body)> PutAsync(string key, string name, string value)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string path = $"/{Bucket}/{key}";
        HeaderField[] signed =
        [
            new("content-encoding", "aws-chunked"), new("host", Server.Endpoint.Authority), new("x-amz-content-sha256", PayloadText),
            new("x-amz-date", SigningTime.Format(now)),
            new("x-amz-decoded-content-length", Body.Length.ToString(CultureInfo.InvariantCulture)), new("x-amz-trailer", name),
        ];
        string wire = $"{Body.Length:x}\r\n{Encoding.UTF8.GetString(Body)}\r\n0\r\n{name}:{value}\r\n\r\n";
        using HttpRequestMessage request = new(HttpMethod.Put, new Uri(Server.Endpoint, path))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(wire)),
        };
        foreach (HeaderField header in signed)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value))
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }
        RequestSigner signer = new(
            new SigningCredential(Server.AccessKeyId, Server.SecretAccessKey), Server.Region, new SigningKeyCache());
        request.Headers.TryAddWithoutValidation("Authorization", signer.SignHeaders("PUT", path, "", signed, PayloadText, now));
        using HttpClient http = CreateHttpClient();
        using HttpResponseMessage response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
