using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access;

/// <summary>The value of an x-amz-grant header: <c>id="...", uri="...", emailAddress="..."</c>, with or without the quotes.</summary>
internal static class GrantHeader
{
    /// <summary>The grantees, each with its kind in lower case.</summary>
    /// <exception cref="S3ErrorException">InvalidArgument: it is no list of grantees.</exception>
    public static IEnumerable<(string Kind, string Value)> Parse(string header, string text)
    {
        foreach (string item in Split(text))
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            string kind = equals < 0 ? "" : item[..equals].Trim().ToLowerInvariant();
            string value = equals < 0 ? "" : item[(equals + 1)..].Trim();
            if (value.Length >= 2 && value[0] == '"' && value[^1] == '"') value = value[1..^1];
            bool isGrantee = kind is "id" or "uri" or "emailaddress" && value.Length > 0 && !value.Contains('"', StringComparison.Ordinal);
            if (!isGrantee) throw S3Errors.InvalidArgument("Argument format not recognized", header, text).ToException();
            yield return (kind, value);
        }
    }

    /// <summary>At the commas that are not within quotes.</summary>
    private static List<string> Split(string text)
    {
        List<string> items = [];
        bool isQuoted = false;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') isQuoted = !isQuoted;
            if (text[i] != ',' || isQuoted) continue;
            items.Add(text[start..i]);
            start = i + 1;
        }
        items.Add(text[start..]);
        return items;
    }
}
