using System.Text;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>
/// A text of a policy with '*' (any run), '?' (any one character) and variables such as ${aws:username}. What a variable stands for is
/// taken as it is: a user called '*' matches a star and nothing else.
/// </summary>
internal sealed class PolicyPattern
{
    /// <summary>Lone surrogates, which neither a key nor a document can hold, stand for the wildcards.</summary>
    private const char Any = '\udc00', One = '\udc01';

    private readonly List<Segment> _segments;

    private PolicyPattern(string source, List<Segment> segments, bool hasWildcard)
    {
        Source = source;
        _segments = segments;
        HasWildcard = hasWildcard;
    }

    /// <summary>The text as the policy has it.</summary>
    public string Source { get; }

    public bool HasWildcard { get; }

    /// <summary>Neither a wildcard nor a variable: it matches one text only.</summary>
    public bool IsFixed => !HasWildcard && _segments.TrueForAll(static segment => segment.Variable is null);

    /// <param name="source">The text.</param>
    /// <param name="hasWildcards">Whether '*' and '?' are more than characters.</param>
    /// <param name="hasVariables">Whether ${...} is more than text: since version 2012-10-17.</param>
    public static PolicyPattern Parse(string source, bool hasWildcards = true, bool hasVariables = true)
    {
        List<Segment> segments = [];
        StringBuilder text = new(source.Length);
        bool hasWildcard = false;
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            int end = hasVariables && c == '$' && i + 1 < source.Length && source[i + 1] == '{' ? source.IndexOf('}', i) : -1;
            if (end >= 0)
            {
                string name = source[(i + 2)..end];
                i = end;
                if (name is "*" or "?" or "$")
                {
                    text.Append(name);
                    continue;
                }
                if (text.Length > 0) segments.Add(new Segment(text.ToString(), null, null));
                text.Clear();
                segments.Add(Segment.OfVariable(name));
                continue;
            }
            bool isWildcard = hasWildcards && c is '*' or '?';
            hasWildcard |= isWildcard;
            text.Append(!isWildcard ? c : c == '*' ? Any : One);
        }
        if (text.Length > 0 || segments.Count == 0) segments.Add(new Segment(text.ToString(), null, null));
        return new PolicyPattern(source, segments, hasWildcard);
    }

    /// <summary>Whether it matches all of a text. A variable that has no value, and no default, matches nothing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="values">What variables stand for.</param>
    /// <param name="ignoreCase">Whether upper and lower case are the same.</param>
    public bool Matches(string text, PolicyValues values, bool ignoreCase = false) =>
        Expand(values) is { } pattern && IsMatch(pattern, text, ignoreCase);

    /// <summary>As <see cref="Matches"/>, each of the first six parts of an ARN for itself: no wildcard reaches over a colon.</summary>
    public bool MatchesArn(string arn, PolicyValues values)
    {
        if (Expand(values) is not { } pattern) return false;
        string[] expected = pattern.Split(':', 6), actual = arn.Split(':', 6);
        if (expected.Length != actual.Length) return false;
        for (int i = 0; i < expected.Length; i++)
        {
            if (!IsMatch(expected[i], actual[i], ignoreCase: false)) return false;
        }
        return true;
    }

    private string? Expand(PolicyValues values)
    {
        if (_segments is [{ Variable: null } only]) return only.Text;
        StringBuilder text = new();
        foreach (Segment segment in _segments)
        {
            if (segment.Variable is null) text.Append(segment.Text);
            else if (values(segment.Variable) is [string value]) text.Append(value);
            else if (segment.Default is not null) text.Append(segment.Default);
            else return null;
        }
        return text.ToString();
    }

    private static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == Any)
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == One || AreEqual(pattern[p], text[t], ignoreCase)))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // Back to the last star only, so that no pattern takes more than its length times that of the text.
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == Any) p++;
        return p == pattern.Length;
    }

    private static bool AreEqual(char left, char right, bool ignoreCase) =>
        left == right || (ignoreCase && char.ToUpperInvariant(left) == char.ToUpperInvariant(right));

    private sealed record Segment(string Text, string? Variable, string? Default)
    {
        /// <summary>"key", or "key, 'what it is when there is none'".</summary>
        public static Segment OfVariable(string name)
        {
            int comma = name.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0) return new Segment("", name.Trim(), null);
            string fallback = name[(comma + 1)..].Trim();
            bool isQuoted = fallback.Length >= 2 && fallback[0] == '\'' && fallback[^1] == '\'';
            return new Segment("", name[..comma].Trim(), isQuoted ? fallback[1..^1] : null);
        }
    }
}
