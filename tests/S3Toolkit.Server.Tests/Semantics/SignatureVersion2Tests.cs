using System.Net;
using System.Text;
using S3Toolkit.Server.Authentication.Version2;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class SignatureVersion2Tests(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options) => options.AllowSignatureV2 = true;

    [Test]
    public async Task Put_SignedInTheHeader_IsStored()
    {
        string date = TimeProvider.System.GetUtcNow().ToString("r");
        using HttpRequestMessage request = new(HttpMethod.Put, new Uri(Server.Endpoint, $"/{Bucket}/v2"));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("second"));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/plain");
        request.Headers.TryAddWithoutValidation("Date", date);
        request.Headers.TryAddWithoutValidation("x-amz-meta-a", "b");
        string signature = SigV2.Sign(Server.SecretAccessKey, $"PUT\n\ntext/plain\n{date}\nx-amz-meta-a:b\n/{Bucket}/v2");
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS {Server.AccessKeyId}:{signature}");
        using HttpClient http = CreateHttpClient();

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        Assert.That(await ReadAsync("v2"), Is.EqualTo("second"));
    }

    [Test]
    public async Task Get_Presigned_EndsWhenTheServersClockSaysSo()
    {
        await PutAsync("v2", "second");
        long expires = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        string signature = Uri.EscapeDataString(SigV2.Sign(Server.SecretAccessKey, $"GET\n\n\n{expires}\n/{Bucket}/v2"));
        Uri uri = new(Server.Endpoint, $"/{Bucket}/v2?AWSAccessKeyId={Server.AccessKeyId}&Expires={expires}&Signature={signature}");
        using HttpClient http = CreateHttpClient();

        Assert.That(await http.GetStringAsync(uri), Is.EqualTo("second"));

        Server.Clock.Advance(TimeSpan.FromHours(2));
        using HttpResponseMessage late = await http.GetAsync(uri);

        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("Request has expired"));
    }
}
