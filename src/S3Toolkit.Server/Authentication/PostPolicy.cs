using System.Globalization;
using System.Text.Json;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Authentication;

/// <summary>A parsed POST policy.</summary>
/// <param name="Expiration">When it ends.</param>
/// <param name="Conditions">The conditions on fields.</param>
/// <param name="MinBytes">The lower bound of content-length-range, inclusive; null = none.</param>
/// <param name="MaxBytes">The upper bound of content-length-range, inclusive; null = none.</param>
internal sealed record PostPolicy(DateTimeOffset Expiration, IReadOnlyList<PostPolicyCondition> Conditions, long? MinBytes, long? MaxBytes)
{
    private const string SimpleCondition = "Invalid Simple-Condition: ";

    /// <summary>Reads the base64 text of the form's field.</summary>
    /// <exception cref="S3ErrorException">InvalidPolicyDocument, or AccessDenied for a range that is none.</exception>
    public static PostPolicy Parse(string base64)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Convert.FromBase64String(base64));
            return Read(document.RootElement);
        }
        // The last is what a text that is no Unicode is told by.
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            throw Invalid("Invalid JSON.");
        }
    }

    private static PostPolicy Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Invalid("Invalid JSON.");
        if (!root.TryGetProperty("expiration", out JsonElement expiration)) throw Invalid("Policy is missing expiration.");
        if (expiration.ValueKind != JsonValueKind.String || !TryReadTime(expiration.GetString(), out DateTimeOffset end))
        {
            throw Invalid("Invalid 'expiration' value: it must be in the ISO8601 format \"yyyy-MM-dd'T'HH:mm:ss'Z'\".");
        }

        if (!root.TryGetProperty("conditions", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw Invalid("Policy is missing conditions.");
        }

        List<PostPolicyCondition> conditions = [];
        long? min = null, max = null;
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object) conditions.Add(ReadSimple(item));
            else if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 3) ReadTriple(item, conditions, ref min, ref max);
            else throw Invalid("Invalid Condition: it must be an object or an array of three elements.");
        }

        return new PostPolicy(end, conditions, min, max);
    }

    private static PostPolicyCondition ReadSimple(JsonElement item)
    {
        List<JsonProperty> properties = [.. item.EnumerateObject()];
        if (properties.Count != 1) throw Invalid(SimpleCondition + "Simple-Conditions must have exactly one property specified.");
        if (properties[0].Value.ValueKind != JsonValueKind.String) throw Invalid(SimpleCondition + "value must be a string.");
        return new PostPolicyCondition(PostPolicyOperator.Eq, properties[0].Name, HasDollar: true, properties[0].Value.GetString()!);
    }

    private static void ReadTriple(JsonElement item, List<PostPolicyCondition> conditions, ref long? min, ref long? max)
    {
        string name = item[0].ValueKind == JsonValueKind.String ? item[0].GetString()!.ToLowerInvariant() : "";
        if (name == "content-length-range")
        {
            if (IsNegative(item[1]) || IsNegative(item[2]))
                throw Invalid("Invalid Condition: the bounds of content-length-range must not be negative.");
            if (!TryReadBytes(item[1], out long lower) || !TryReadBytes(item[2], out long upper)) throw RangeFailed(item);
            // Several ranges must all hold, which their overlap says.
            min = Math.Max(min ?? lower, lower);
            max = Math.Min(max ?? upper, upper);
            return;
        }

        PostPolicyOperator comparison = name switch
        {
            "eq" => PostPolicyOperator.Eq,
            "starts-with" => PostPolicyOperator.StartsWith,
            _ => throw Invalid("Invalid Condition: unknown operation."),
        };
        if (item[1].ValueKind != JsonValueKind.String || item[2].ValueKind != JsonValueKind.String)
        {
            throw Invalid("Invalid Condition: field and value must be strings.");
        }

        string field = item[1].GetString()!;
        bool hasDollar = field.StartsWith('$');
        conditions.Add(new PostPolicyCondition(comparison, hasDollar ? field[1..] : field, hasDollar, item[2].GetString()!));
    }

    private static bool IsNegative(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long bytes) && bytes < 0;

    private static bool TryReadBytes(JsonElement element, out long bytes)
    {
        bytes = 0;
        string? text = element.ValueKind switch
        {
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.String => element.GetString(),
            _ => null,
        };
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
    }

    private static bool TryReadTime(string? text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"], CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static S3ErrorException RangeFailed(JsonElement item)
    {
        string text = string.Join(", ", item.EnumerateArray().Select(part =>
            part.ValueKind == JsonValueKind.String ? PostPolicyCondition.Quote(part.GetString()!) : part.GetRawText()));
        return PostPolicyEvaluation.ConditionFailed($"[{text}]").ToException();
    }

    private static S3ErrorException Invalid(string problem) => S3Errors.InvalidPolicyDocument("Invalid Policy: " + problem).ToException();
}
