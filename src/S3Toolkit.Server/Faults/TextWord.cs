using System.Buffers;
using System.Globalization;

namespace S3Toolkit.Server.Faults;

/// <summary>A word of a plan: a value, or name=value.</summary>
internal readonly record struct TextWord(string? Name, string Value)
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("-.0123456789");

    public int ToInt() => int.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"'{this}' needs a whole number.");

    public long ToLong() => long.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new FormatException($"'{this}' needs a whole number.");

    public double ToDouble() => double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? number
        : throw new FormatException($"'{this}' needs a number.");

    /// <summary>A time with its unit, such as 250ms, 3s, 15m or -2h.</summary>
    public TimeSpan ToTime()
    {
        int digits = Value.AsSpan().IndexOfAnyExcept(NumberCharacters);
        double unit = digits < 0 ? 0 : UnitMilliseconds(Value.AsSpan(digits));
        bool isNumber = double.TryParse(
            Value.AsSpan(0, Math.Max(digits, 0)), NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        if (unit == 0 || !isNumber || Math.Abs(number * unit) > TimeSpan.MaxValue.TotalMilliseconds / 2)
            throw new FormatException($"'{this}' needs a time with its unit, such as 250ms, 3s, 15m or 2h.");
        return TimeSpan.FromMilliseconds(number * unit);
    }

    public static string OfTime(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0
        ? time.TotalSeconds.ToString("R", CultureInfo.InvariantCulture) + "s"
        : time.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms";

    public override string ToString() => Name is null ? Value : $"{Name}={Value}";

    private static double UnitMilliseconds(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => 0,
    };
}
