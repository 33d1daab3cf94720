namespace S3Toolkit.Transport.Credentials;

/// <summary>The syntax of the files that <c>aws configure</c> writes: text in, sections out.</summary>
/// <remarks>
/// As botocore reads it: <c>=</c> separates, keys are case-insensitive, <c>#</c> and <c>;</c> start a comment line, text after a value
/// belongs to the value, and indented lines below an empty value are a nested block, which credentials do not use.
/// </remarks>
internal static class ProfileFile
{
    /// <exception cref="CredentialSourceException">A line is no section, comment or setting. It is counted, not shown.</exception>
    public static Dictionary<string, Dictionary<string, string>> Parse(string text, string path)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? section = null;
        int number = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> line = raw.Trim();
            if (line.IsEmpty || line[0] is '#' or ';') continue;
            if (line[0] == '[')
            {
                if (line[^1] != ']') throw Malformed(path, number, "the section's bracket is not closed");
                section = Open(sections, line[1..^1].Trim().ToString());
                continue;
            }

            int equals = line.IndexOf('=');
            if (equals <= 0) throw Malformed(path, number, "it is neither [section] nor key = value");
            if (section is null) throw Malformed(path, number, "it stands before the first [section]");
            if (char.IsWhiteSpace(raw[0])) continue;
            section[line[..equals].Trim().ToString().ToLowerInvariant()] = line[(equals + 1)..].Trim().ToString();
        }

        return sections;
    }

    private static Dictionary<string, string> Open(Dictionary<string, Dictionary<string, string>> sections, string name)
    {
        if (!sections.TryGetValue(name, out Dictionary<string, string>? section))
            sections[name] = section = new Dictionary<string, string>(StringComparer.Ordinal);
        return section;
    }

    private static CredentialSourceException Malformed(string path, int line, string problem) =>
        new($"line {line} of '{path}' is malformed: {problem}");
}
