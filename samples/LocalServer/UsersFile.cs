using System.Text.Json;
using S3Toolkit.Server;

namespace LocalServer;

/// <summary>The file of --users: an array, its first user the root. What is wrong is told by entry, without any secret.</summary>
internal static class UsersFile
{
    private static readonly string[] Required = ["accessKey", "secretKey", "userId", "displayName"];

    private static readonly string[] Known = [.. Required, "email", "accountId"];

    /// <summary>Adds the users of a file; what is wrong with it, or "".</summary>
    public static string Read(string path, IList<S3User> users)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Array) return $"--users {path}: the file does not hold an array.";
            int entry = 0;
            foreach (JsonElement element in document.RootElement.EnumerateArray())
            {
                entry++;
                if (ProblemOf(element) is { } problem) return $"--users {path}: entry {entry} {problem}";
                S3User user = User(element);
                // Several keys of one user are fine, as long as they agree on who it is.
                S3User? earlier = users.FirstOrDefault(other => other.Id == user.Id);
                if (earlier is not null && earlier.DisplayName != user.DisplayName)
                    return $"--users {path}: entry {entry} has the 'userId' of an earlier entry, but another 'displayName'.";
                users.Add(user);
            }
            return entry == 0 ? $"--users {path}: there is no user in it." : "";
        }
        catch (JsonException exception)
        {
            // The exception's own message may quote the file.
            return $"--users {path}: line {exception.LineNumber + 1} is no JSON.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"--users {path}: {exception.Message}";
        }
    }

    private static string? ProblemOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return "is no object.";
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!Known.Contains(property.Name)) return $"has the unknown property '{property.Name}'.";
            if (property.Value.ValueKind != JsonValueKind.String) return $"has a '{property.Name}' that is no text.";
        }
        foreach (string name in Required)
        {
            if (string.IsNullOrEmpty(Text(element, name))) return $"has no '{name}'.";
        }
        return null;
    }

    private static S3User User(JsonElement element) => new()
    {
        AccessKeyId = Text(element, "accessKey")!,
        SecretAccessKey = Text(element, "secretKey")!,
        Id = Text(element, "userId")!,
        DisplayName = Text(element, "displayName")!,
        Email = Text(element, "email"),
        AccountId = Text(element, "accountId"),
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
