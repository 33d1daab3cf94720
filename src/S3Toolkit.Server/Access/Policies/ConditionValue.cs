using System.Globalization;
using System.Net;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>A value that a condition compares with, read once as what its operator takes it for.</summary>
internal sealed record ConditionValue
{
    private static readonly string[] TimeForms =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd",
    ];

    public required PolicyPattern Pattern { get; init; }

    public bool IsTrue { get; private init; }

    public decimal? Number { get; private init; }

    public DateTimeOffset? Time { get; private init; }

    public IPNetwork? Network { get; private init; }

    /// <summary>The value, or what is wrong with it.</summary>
    public static ConditionValue? Parse(string text, ConditionOperator comparison, bool hasVariables, out string problem)
    {
        ConditionValue value = new() { Pattern = PolicyPattern.Parse(text, comparison.HasWildcards, hasVariables) };
        problem = "";
        switch (comparison.Kind)
        {
            case ConditionKind.Bool or ConditionKind.Null:
                problem = "Invalid Boolean value in Conditions";
                return bool.TryParse(text, out bool flag) ? value with { IsTrue = flag } : null;
            case >= ConditionKind.NumericEquals and <= ConditionKind.NumericGreaterThanEquals:
                problem = "Invalid numeric value in Conditions";
                return ToNumber(text) is { } number ? value with { Number = number } : null;
            case >= ConditionKind.DateEquals and <= ConditionKind.DateGreaterThanEquals:
                problem = "Invalid date value in Conditions";
                return ToTime(text) is { } time ? value with { Time = time } : null;
            case ConditionKind.IpAddress:
                problem = "Invalid IP address in Conditions";
                return ToNetwork(text) is { } network ? value with { Network = network } : null;
            default:
                return value;
        }
    }

    public static decimal? ToNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    /// <summary>ISO 8601, or seconds since 1970.</summary>
    public static DateTimeOffset? ToTime(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            bool isTime = seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
            return isTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }
        return DateTimeOffset.TryParseExact(
            text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time)
            ? time
            : null;
    }

    public static IPAddress? ToAddress(string text) => IPAddress.TryParse(text, out IPAddress? address)
        ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
        : null;

    /// <summary>An address, or a range as CIDR writes it. Bits beyond the prefix do not count.</summary>
    private static IPNetwork? ToNetwork(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out IPAddress? address)) return null;
        byte[] bytes = address.GetAddressBytes();
        int bits = bytes.Length * 8, length = bits;
        // "123" is an address to the parser, and to nobody else.
        if (bytes.Length == 4 && text.AsSpan().Count('.') != 3) return null;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length)
            || length > bits)) return null;
        for (int i = 0; i < bytes.Length; i++) bytes[i] &= (byte)(0xff00 >> Math.Clamp(length - (i * 8), 0, 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }
}
