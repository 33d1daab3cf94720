using System.Globalization;
using System.Text;

namespace S3Toolkit.Server.Faults;

/// <summary>A rule on one line: the operation or *, what else must match, an arrow, the fault.</summary>
internal static class RuleText
{
    private const string Arrow = "->";

    public static string Write(S3FaultRule rule)
    {
        StringBuilder line = new(rule.Operation ?? "*");
        Add("bucket", rule.BucketName);
        Add("key", rule.Key);
        Add("part", Number(rule.PartNumber));
        if (rule.FromAttempt > 1 || rule.ToAttempt is not null)
        {
            bool isOne = rule.FromAttempt == rule.ToAttempt;
            Add("attempt", isOne ? Number(rule.FromAttempt) : $"{Number(rule.FromAttempt)}..{Number(rule.ToAttempt)}");
        }
        if (rule.Probability < 1) Add("probability", rule.Probability.ToString("R", CultureInfo.InvariantCulture));
        if (rule.SkipRequests > 0) Add("skip", Number(rule.SkipRequests));
        Add("max", Number(rule.MaxRequests));
        if (rule.EveryNth > 1) Add("every", Number(rule.EveryNth));
        return line.Append(' ').Append(Arrow).Append(' ').Append(rule.Fault).ToString();

        void Add(string name, string? value)
        {
            if (value is not null) line.Append(' ').Append(name).Append('=').Append(TextWords.Quote(value));
        }
    }

    /// <exception cref="FormatException">It is no rule.</exception>
    public static S3FaultRule Parse(string line)
    {
        IReadOnlyList<TextWord> words = TextWords.Split(line);
        int arrow = words.TakeWhile(static word => word is not { Name: null, Value: Arrow }).Count();
        if (arrow is 0 || words[0].Name is not null || arrow >= words.Count - 1)
            throw new FormatException("A rule is an operation or *, conditions, an arrow '->' and a fault.");
        S3FaultRule rule = new()
        {
            Operation = words[0].Value == "*" ? null : words[0].Value,
            Fault = FaultText.Parse([.. words.Skip(arrow + 1)]),
        };
        foreach (TextWord word in words.Take(arrow).Skip(1)) rule = With(rule, word);
        try
        {
            rule.Validate();
            return rule;
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static S3FaultRule With(S3FaultRule rule, TextWord word) => word.Name switch
    {
        "bucket" => rule with { BucketName = word.Value },
        "key" => rule with { Key = word.Value },
        "part" => rule with { PartNumber = word.ToInt() },
        "attempt" => WithAttempts(rule, word),
        "probability" => rule with { Probability = word.ToDouble() },
        "skip" => rule with { SkipRequests = word.ToInt() },
        "max" => rule with { MaxRequests = word.ToInt() },
        "every" => rule with { EveryNth = word.ToInt() },
        _ => throw new FormatException(
            $"'{word}' is no condition. These are: bucket=, key=, part=, attempt=, probability=, skip=, max=, every=."),
    };

    private static S3FaultRule WithAttempts(S3FaultRule rule, TextWord word)
    {
        int dots = word.Value.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return rule with { FromAttempt = word.ToInt(), ToAttempt = word.ToInt() };
        TextWord from = word with { Value = word.Value[..dots] };
        TextWord to = word with { Value = word.Value[(dots + 2)..] };
        return rule with { FromAttempt = from.ToInt(), ToAttempt = to.Value.Length == 0 ? null : to.ToInt() };
    }

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
