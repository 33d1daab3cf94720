using System.Text;

namespace S3Toolkit.Server.Faults;

/// <summary>The words of a line, as a shell would cut them: in quotation marks a word may hold anything, with \ before " \ and n.</summary>
internal static class TextWords
{
    /// <exception cref="FormatException">A quotation mark is not closed.</exception>
    public static IReadOnlyList<TextWord> Split(string line)
    {
        List<TextWord> words = [];
        int at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at])) at++;
            if (at == line.Length) return words;
            words.Add(Read(line, ref at));
        }
    }

    public static string Quote(string value)
    {
        bool isPlain = value.Length > 0 && !value.Any(static c => char.IsWhiteSpace(c) || c is '"' or '\\');
        if (isPlain) return value;
        StringBuilder quoted = new("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            quoted.Append(c is '\n' ? "\\n" : c is '\r' ? "\\r" : c.ToString());
        }
        return quoted.Append('"').ToString();
    }

    private static TextWord Read(string line, ref int at)
    {
        StringBuilder text = new();
        string? name = null;
        bool isQuoted = false, wasQuoted = false;
        for (; at < line.Length && (isQuoted || !char.IsWhiteSpace(line[at])); at++)
        {
            char c = line[at];
            if (c == '"')
            {
                isQuoted = !isQuoted;
                wasQuoted = true;
            }
            else if (c == '=' && name is null && !wasQuoted)
            {
                name = text.ToString();
                text.Clear();
            }
            else if (isQuoted && c == '\\' && at + 1 < line.Length)
            {
                text.Append(Unescape(line[++at]));
            }
            else
            {
                text.Append(c);
            }
        }
        if (isQuoted) throw new FormatException("A quotation mark is not closed.");
        return new TextWord(name, text.ToString());
    }

    private static char Unescape(char c) => c switch
    {
        'n' => '\n',
        'r' => '\r',
        _ => c,
    };
}
