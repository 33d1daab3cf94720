using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Toolkit.Server.Benchmarks.Servers;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Benchmarks.Load;

/// <summary>A signed request as the bytes that go over the wire, made once and sent often: the load itself signs nothing.</summary>
internal static class SignedBytes
{
    public static byte[] Of(ServerProcess server, string method, string path, ReadOnlySpan<byte> body)
    {
        RequestSigner signer = new(new SigningCredential(server.AccessKey, server.SecretKey), "us-east-1", new SigningKeyCache());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string hash = Convert.ToHexStringLower(SHA256.HashData(body));
        string host = $"127.0.0.1:{server.Port}";
        HeaderField[] headers = [new("host", host), new("x-amz-content-sha256", hash), new("x-amz-date", SigningTime.Format(now))];
        string authorization = signer.SignHeaders(method, path, "", headers, hash, now);
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {method} {path} HTTP/1.1
            Host: {host}
            x-amz-content-sha256: {hash}
            x-amz-date: {SigningTime.Format(now)}
            Authorization: {authorization}
            Content-Length: {body.Length}


            """).ReplaceLineEndings("\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
