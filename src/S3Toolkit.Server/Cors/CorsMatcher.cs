using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Cors;

/// <summary>Which rule of a bucket lets a page in: the first that knows its origin, its method and all of its headers.</summary>
internal static class CorsMatcher
{
    private const char Wildcard = '*';

    public static CorsRuleRecord? Find(IReadOnlyList<CorsRuleRecord> rules, CorsQuestion question)
    {
        foreach (CorsRuleRecord rule in rules)
        {
            if (AllowsMethod(rule, question) && OriginOf(rule, question.Origin) is not null && AllowsHeaders(rule, question)) return rule;
        }
        return null;
    }

    /// <summary>The origin that an answer names: "*" when the rule lets all in, else the page's own; null when it is not let in.</summary>
    public static string? OriginOf(CorsRuleRecord rule, string origin)
    {
        foreach (string pattern in rule.AllowedOrigins)
        {
            if (pattern is [Wildcard]) return pattern;
            if (Matches(pattern, origin, StringComparison.Ordinal)) return origin;
        }
        return null;
    }

    /// <summary>A pattern with at most one "*", which stands for any characters or none.</summary>
    public static bool Matches(string pattern, string text, StringComparison comparison)
    {
        int star = pattern.IndexOf(Wildcard, StringComparison.Ordinal);
        if (star < 0) return pattern.Equals(text, comparison);
        ReadOnlySpan<char> end = pattern.AsSpan(star + 1);
        // "a*a" does not match "a": its ends may not overlap.
        return text.Length >= star + end.Length
            && text.AsSpan().StartsWith(pattern.AsSpan(0, star), comparison)
            && text.AsSpan().EndsWith(end, comparison);
    }

    private static bool AllowsMethod(CorsRuleRecord rule, CorsQuestion question) =>
        question.Method is { } method && rule.AllowedMethods.Contains(method, StringComparer.Ordinal);

    private static bool AllowsHeaders(CorsRuleRecord rule, CorsQuestion question)
    {
        foreach (string header in question.Headers)
        {
            if (!rule.AllowedHeaders.Any(pattern => Matches(pattern, header, StringComparison.OrdinalIgnoreCase))) return false;
        }
        return true;
    }
}
