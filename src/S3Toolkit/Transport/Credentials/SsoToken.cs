using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace S3Toolkit.Transport.Credentials;

/// <summary>A token in the cache that <c>aws sso login</c> writes.</summary>
internal sealed record SsoToken(string AccessToken, DateTimeOffset ExpiresAt)
{
    // botocore and the SDK write "2026-01-31T12:00:00Z", the older CLI "2026-01-31T12:00:00UTC".
    private static readonly string[] TimeFormats = ["yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss'UTC'", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ"];

    public string? RefreshToken { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public DateTimeOffset? RegistrationExpiresAt { get; init; }

    public bool CanRefresh(DateTimeOffset now) =>
        RefreshToken is not null && ClientId is not null && ClientSecret is not null && !(RegistrationExpiresAt <= now);

    /// <summary>The cache's file name: a digest of the session's name, or of the start URL in the older form.</summary>
    public static string PathOf(SsoRole role, string home)
    {
#pragma warning disable CA5350 // The name is not a secret, and the AWS CLI chose SHA-1.
        byte[] digest = SHA1.HashData(Encoding.UTF8.GetBytes(role.SessionName ?? role.StartUrl));
#pragma warning restore CA5350
        return Path.Combine(home, ".aws", "sso", "cache", Convert.ToHexStringLower(digest) + ".json");
    }

    /// <summary>Null when the text is not such a token.</summary>
    public static SsoToken? Parse(string json)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject fields) return null;
            if (Text(fields, "accessToken") is not { } accessToken || Time(fields, "expiresAt") is not { } expiresAt) return null;
            return new SsoToken(accessToken, expiresAt)
            {
                RefreshToken = Text(fields, "refreshToken"),
                ClientId = Text(fields, "clientId"),
                ClientSecret = Text(fields, "clientSecret"),
                RegistrationExpiresAt = Time(fields, "registrationExpiresAt"),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The file's text with the new token in it; what else the CLI keeps there stays.</summary>
    public string UpdateJson(string json)
    {
        var fields = (JsonObject)JsonNode.Parse(json)!;
        fields["accessToken"] = AccessToken;
        fields["expiresAt"] = ExpiresAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        if (RefreshToken is not null) fields["refreshToken"] = RefreshToken;
        return fields.ToJsonString();
    }

    private static string? Text(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static DateTimeOffset? Time(JsonObject fields, string name) =>
        DateTimeOffset.TryParseExact(
            Text(fields, name), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : null;
}
