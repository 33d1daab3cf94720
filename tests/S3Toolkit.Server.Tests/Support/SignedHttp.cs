using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>Signed requests without a body, and with their whole answers.</summary>
internal static class SignedHttp
{
    /// <summary>SHA-256 of nothing.</summary>
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static Task<HttpResponseMessage> SendSignedAsync(
        this HttpClient http, S3Server server, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        HeaderField[] signed =
        [
            new("host", server.Endpoint.Authority), new("x-amz-content-sha256", EmptyHash), new("x-amz-date", SigningTime.Format(now)),
        ];
        RequestSigner signer = new(
            new SigningCredential(server.AccessKeyId, server.SecretAccessKey), server.Region, new SigningKeyCache());
        string[] target = path.Split('?', 2);
        string query = target.Length > 1 ? target[1] : "";
        string authorization = signer.SignHeaders(method.Method, target[0], query, signed, EmptyHash, now);
        return http.SendPlainAsync(
            server, method, path,
            [.. signed.Select(field => (field.Name, field.Value)), .. headers, ("Authorization", authorization)]);
    }

    public static async Task<HttpResponseMessage> SendPlainAsync(
        this HttpClient http, S3Server server, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, new Uri(server.Endpoint, path));
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    /// <summary>A header of the answer or of its body; null when it is not there.</summary>
    public static string? HeaderOf(this HttpResponseMessage response, string name)
    {
        if (response.Headers.TryGetValues(name, out IEnumerable<string>? values)) return string.Join(", ", values);
        return response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;
    }
}
