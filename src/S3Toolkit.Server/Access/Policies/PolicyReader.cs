using System.Text;
using System.Text.Json;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>Text to policy: the document's own fields. Refuses what S3 refuses, in its words, the first mistake that it finds.</summary>
internal static class PolicyReader
{
    /// <summary>S3's own limit: 20 KiB.</summary>
    public const int MaxBytes = 20 * 1024;

    /// <summary>Policies are six deep. Stops documents that are nested to exhaust the parser.</summary>
    private const int MaxDepth = 16;

    /// <param name="text">The document.</param>
    /// <param name="bucketName">The bucket that it is for.</param>
    /// <exception cref="S3ErrorException">MalformedPolicy.</exception>
    public static PolicyDocument Parse(string text, string bucketName)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
            throw Malformed($"Policies must be no larger than {MaxBytes} bytes");
        if (!text.StartsWith('{')) throw Malformed("Policies must be valid JSON and the first byte must be '{'");
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(document.RootElement, bucketName);
        }
        // The second is what a text that is no Unicode is told by.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new S3ErrorException(Malformed("This policy contains invalid Json").Error, exception);
        }
    }

    public static S3ErrorException Malformed(string message) => S3Errors.MalformedPolicy(message).ToException();

    /// <summary>A text, or several of them; numbers and flags count as what they are written as.</summary>
    public static IReadOnlyList<string> Texts(JsonElement element, string message)
    {
        if (element.ValueKind != JsonValueKind.Array) return [Text(element, message)];
        return element.GetArrayLength() > 0 ? [.. element.EnumerateArray().Select(item => Text(item, message))] : throw Malformed(message);
    }

    private static PolicyDocument Read(JsonElement root, string bucketName)
    {
        string version = PolicyDocument.FirstVersion;
        string? id = null;
        JsonElement? statements = null;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!seen.Add(property.Name)) throw Malformed("Duplicate field " + property.Name);
            switch (property.Name)
            {
                case "Version":
                    version = Text(property.Value, "The policy must contain a valid version string");
                    if (version is not (PolicyDocument.CurrentVersion or PolicyDocument.FirstVersion))
                        throw Malformed("The policy must contain a valid version string");
                    break;
                case "Id":
                    id = Text(property.Value, "Invalid policy syntax.");
                    break;
                case "Statement":
                    statements = property.Value;
                    break;
                default:
                    throw Malformed("Unknown field " + property.Name);
            }
        }
        if (statements is not { } found) throw Malformed("Missing required field Statement");
        PolicyStatementReader reader = new(bucketName, version == PolicyDocument.CurrentVersion);
        return new PolicyDocument { Version = version, Id = id, Statements = ReadAll(found, reader) };
    }

    private static List<PolicyStatement> ReadAll(JsonElement element, PolicyStatementReader reader)
    {
        if (element.ValueKind == JsonValueKind.Object) return [reader.Read(element)];
        if (element.ValueKind != JsonValueKind.Array) throw Malformed("Invalid policy syntax.");
        List<PolicyStatement> statements = [.. element.EnumerateArray().Select(reader.Read)];
        return statements.Count > 0 ? statements : throw Malformed("Could not parse the policy: Statement is empty!");
    }

    private static string Text(JsonElement element, string message) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => throw Malformed(message),
    };
}
