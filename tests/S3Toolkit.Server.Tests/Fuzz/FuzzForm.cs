using System.Globalization;
using System.Text;
using CsCheck;
using S3Toolkit.Server.Tests.Authentication;
using S3Toolkit.Server.Tests.Support;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Fuzz;

/// <summary>A browser's upload whose policy is signed, whatever it says.</summary>
internal static class FuzzForm
{
    private const string Conditions =
        """
        [{"bucket":"bucket"},["starts-with","$key",""],["content-length-range",0,100],["eq","$x-amz-meta-a","1"],
        {"x-amz-algorithm":"AWS4-HMAC-SHA256"},["starts-with","$x-amz-credential",""],["starts-with","$x-amz-date",""]]
        """;

    /// <summary>Forms whose policy, as JSON, is spoiled before it is signed, or whose parts are spoiled after.</summary>
    public static readonly Gen<FuzzRequest> Request = Gen.Select(
        Mutations.Change.Array[0, 3], Gen.OneOf(Gen.Const(Array.Empty<(int, int, int, int)>()), Mutations.Change.Array[1, 2]),
        Pick.From("b", "b", "b", "\"b\"", "", "c", new string('b', 71), "b; charset=x"), static (policy, form, boundary) =>
        {
            byte[] body = Mutations.Apply(Encoding.UTF8.GetBytes(Encode(policy)), form);
            SignedRequest request = new() { Method = "POST", RawPath = "/bucket", Body = body };
            request.Headers.Add(new("content-type", $"multipart/form-data; boundary={boundary}"));
            (byte[] head, byte[] wire, bool isCut) = WireWriter.Write(request.Anonymous(), body, Framing.Length);
            return new FuzzRequest([.. head, .. wire], isCut);
        });

    public static string Encode(params (int, int, int, int)[] changes)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string date = SigningTime.Format(now);
        string json = $$"""{"expiration":"{{now.AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}}","conditions":{{Conditions}}}""";
        string policy = Convert.ToBase64String(Mutations.Apply(Encoding.UTF8.GetBytes(json), changes));
        byte[] key = SigningKey.Derive(SignedRequest.Secret, new CredentialScope(date[..8], SignedRequest.Region, "s3"));
        Dictionary<string, string> fields = new()
        {
            ["key"] = "form/${filename}", ["policy"] = policy, ["x-amz-algorithm"] = "AWS4-HMAC-SHA256", ["x-amz-date"] = date,
            ["x-amz-credential"] = string.Create(
                CultureInfo.InvariantCulture, $"{SignedRequest.AccessKeyId}/{date[..8]}/{SignedRequest.Region}/s3/aws4_request"),
            ["x-amz-meta-a"] = "1", ["x-amz-signature"] = PolicySignature.Compute(key, policy),
        };
        return SignedForm.Encode(fields, "f", "content", "b", "\r\n--b--\r\n");
    }
}
