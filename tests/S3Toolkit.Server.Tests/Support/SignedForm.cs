using System.Text;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>The fields of a browser's upload and a signed policy that allows them.</summary>
internal static class SignedForm
{
    public static Dictionary<string, string> Create(
        S3Server server, string bucket, string key, int minBytes, int maxBytes, params (string Name, string Value)[] extra)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string amzDate = SigningTime.Format(now);
        string credential = $"{server.AccessKeyId}/{amzDate[..8]}/us-east-1/s3/aws4_request";
        string fields = string.Concat(extra.Select(field => $"[\"starts-with\",\"${field.Name.Replace("\n", "\\n")}\",\"\"],"));
        string policy = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$"""
            {"expiration":"{{now.AddHours(1).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}","conditions":[{"bucket":"{{bucket}}"},
            ["starts-with","$key",""],{{fields}}["content-length-range",{{minBytes}},{{maxBytes}}],
            {"x-amz-algorithm":"AWS4-HMAC-SHA256"},{"x-amz-credential":"{{credential}}"},{"x-amz-date":"{{amzDate}}"}]}
            """));
        Dictionary<string, string> form = new()
        {
            ["key"] = key, ["policy"] = policy, ["x-amz-algorithm"] = "AWS4-HMAC-SHA256", ["x-amz-credential"] = credential,
            ["x-amz-date"] = amzDate,
            ["x-amz-signature"] = PolicySignature.Compute(
                SigningKey.Derive(server.SecretAccessKey, new CredentialScope(amzDate[..8], "us-east-1", "s3")), policy),
        };
        foreach ((string name, string value) in extra) form[name] = value;
        return form;
    }

    /// <summary>The form as bytes that a well-behaved client would not send: names, boundary and end are the caller's.</summary>
    public static string Encode(Dictionary<string, string> fields, string fileName, string content, string boundary, string end)
    {
        StringBuilder text = new();
        foreach ((string name, string value) in fields)
            text.Append($"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        text.Append($"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{fileName}\"\r\n\r\n");
        return text.Append(content).Append(end).ToString();
    }
}
