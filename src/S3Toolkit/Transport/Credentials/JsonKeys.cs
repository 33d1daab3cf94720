using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Amazon.Runtime.RefreshingAWSCredentials;

namespace S3Toolkit.Transport.Credentials;

/// <summary>Reads the JSON in which containers, EC2 and credential processes hand out keys.</summary>
internal static class JsonKeys
{
    /// <summary>Null when the text is no JSON object.</summary>
    public static JsonObject? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    /// <summary>The keys, or the name of the field that is missing or malformed.</summary>
    /// <param name="fields">The answer.</param>
    /// <param name="tokenName">The session token's field, which differs from source to source.</param>
    /// <param name="problem">What is wrong when the result is null.</param>
    public static CredentialsRefreshState? Read(JsonObject fields, string tokenName, out string problem)
    {
        problem = "";
        string? accessKeyId = Text(fields, "AccessKeyId");
        string? secret = Text(fields, "SecretAccessKey");
        DateTimeOffset expiration = DateTimeOffset.MaxValue; // a process may hand out keys that never expire
        if (accessKeyId is null) problem = "AccessKeyId is missing";
        else if (secret is null) problem = "SecretAccessKey is missing";
        else if (fields["Expiration"] is not null && !TryTime(Text(fields, "Expiration"), out expiration))
            problem = "Expiration is not a time";
        if (problem.Length > 0) return null;

        return new CredentialsRefreshState(new(accessKeyId, secret, Text(fields, tokenName)), expiration.UtcDateTime);
    }

    private static bool TryTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
