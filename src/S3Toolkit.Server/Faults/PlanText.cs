using System.Globalization;
using System.Text;

namespace S3Toolkit.Server.Faults;

/// <summary>A plan as text: the seed, and a line for each rule.</summary>
internal static class PlanText
{
    private const string Seed = "seed ";

    public static string Write(S3FaultPlan plan)
    {
        StringBuilder text = new();
        text.Append(Seed).Append(plan.Seed.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (S3FaultRule rule in plan.Rules) text.Append(rule).Append('\n');
        return text.ToString();
    }

    /// <exception cref="FormatException">A line cannot be understood.</exception>
    public static S3FaultPlan Parse(string text)
    {
        S3FaultPlan plan = new();
        int number = 0;
        foreach (string line in text.Split('\n').Select(static line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            try
            {
                if (line.StartsWith(Seed, StringComparison.Ordinal)) plan.Seed = ParseSeed(line[Seed.Length..]);
                else plan.Add(RuleText.Parse(line));
            }
            catch (FormatException exception)
            {
                throw new FormatException($"Line {number}, '{line}': {exception.Message}", exception);
            }
        }
        return plan;
    }

    private static long ParseSeed(string text) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed)
            ? seed
            : throw new FormatException("A seed is a whole number.");
}
