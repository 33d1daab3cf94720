using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Authentication;

/// <summary>Builds requests signed as a client would, and lets a test break one thing at a time.</summary>
internal sealed class SignedRequest
{
    public const string AccessKeyId = "AKTEST";
    public const string Secret = "the-secret-of-the-tests";
    public const string Region = "eu-west-1";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public static readonly S3Identity User = new("tester", new string('a', 64), AccessKeyId);
    public static readonly S3Identity TemporaryUser = new("temporary", new string('b', 64), "ASTEMP");

    public string Method { get; set; } = "PUT";

    public string RawPath { get; set; } = "/bucket/key";

    public string RawQuery { get; set; } = "";

    public byte[] Body { get; set; } = [];

    public string? PayloadText { get; set; }

    public string Key { get; set; } = AccessKeyId;

    public string SigningSecret { get; set; } = Secret;

    public DateTimeOffset Time { get; set; } = Now;

    public List<HeaderField> Headers { get; } = [new("host", "localhost:9000")];

    /// <summary>Headers that are sent but not signed.</summary>
    public List<HeaderField> Unsigned { get; } = [];

    public static string Sha256Of(byte[] body) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body));

    public static Authenticator Server(
        AuthenticationSettings? settings = null, FakeTimeProvider? serverClock = null, FakeTimeProvider? signingClock = null) => new(
        SignedRequestStore.Instance, settings ?? new AuthenticationSettings(), serverClock ?? new FakeTimeProvider(Now),
        signingClock ?? new FakeTimeProvider(Now));

    /// <summary>The request with an Authorization header, after <paramref name="tamper"/> has had its way with it.</summary>
    public S3HttpRequest SignHeaders(Action<S3HeaderCollection>? tamper = null, byte[]? seed = null)
    {
        string payload = PayloadText ?? Sha256Of(Body);
        Headers.Add(new("x-amz-date", SigningTime.Format(Time)));
        Headers.Add(new("x-amz-content-sha256", payload));
        HeaderField[] toSign = [.. Headers];
        string authorization = Signer().SignHeaders(Method, RawPath, RawQuery, toSign, payload, Time, seed);

        S3HeaderCollection headers = Sent();
        headers.Add("Authorization", authorization);
        tamper?.Invoke(headers);
        return Build(headers, RawQuery);
    }

    public S3HttpRequest Presign(TimeSpan lifetime, Func<string, string>? tamper = null)
    {
        HeaderField[] toSign = [.. Headers];
        string query = Signer().Presign(Method, RawPath, RawQuery, toSign, Time, lifetime, PayloadText ?? PayloadHash.UnsignedText);
        return Build(Sent(), tamper is null ? query : tamper(query));
    }

    public S3HttpRequest Anonymous() => Build(Sent(), RawQuery);

    private RequestSigner Signer() => new(new SigningCredential(Key, SigningSecret), Region, new SigningKeyCache());

    private S3HeaderCollection Sent()
    {
        S3HeaderCollection headers = [];
        foreach (HeaderField field in Headers.Concat(Unsigned)) headers.Add(field.Name, field.Value);
        return headers;
    }

    private S3HttpRequest Build(S3HeaderCollection headers, string rawQuery) => new()
    {
        Method = Method, RawPath = RawPath, RawQuery = rawQuery, Headers = headers, Body = new MemoryStream(Body),
        ContentLength = Body.Length,
    };
}
