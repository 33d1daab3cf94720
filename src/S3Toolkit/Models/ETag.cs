using System.Globalization;

namespace S3Toolkit;

/// <summary>
/// An entity tag: an opaque name for one content of an object. Servers quote it in some places and not in others; here it never is,
/// and <see cref="ToHeader"/> quotes it. Equality is by value, quotes ignored.
/// </summary>
public readonly record struct ETag
{
    private readonly string? _value;

    /// <summary>Creates an ETag.</summary>
    /// <param name="value">The tag, with or without quotes, with or without the weak prefix <c>W/</c>.</param>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public ETag(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        var span = value.AsSpan().Trim();
        if (span.StartsWith("W/", StringComparison.Ordinal))
        {
            IsWeak = true;
            span = span[2..];
        }

        if (span.Length >= 2 && span[0] == '"' && span[^1] == '"') span = span[1..^1];
        _value = span.ToString();
    }

    /// <summary>The tag without quotes.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether the server marked the tag as weak: equal meaning, perhaps not equal bytes.</summary>
    public bool IsWeak { get; }

    /// <summary>
    /// The number of parts of the upload that made the object, from the suffix <c>-N</c>; null for an object put in one request.
    /// </summary>
    public int? PartCount
    {
        get
        {
            var dash = Value.LastIndexOf('-');
            return dash > 0 && int.TryParse(Value.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var parts)
                ? parts
                : null;
        }
    }

    /// <summary>Reads a tag that a server may have left out.</summary>
    /// <param name="value">The tag, or null or empty.</param>
    /// <returns>The tag, or null.</returns>
    public static ETag? FromNullable(string? value) => string.IsNullOrWhiteSpace(value) ? default(ETag?) : new ETag(value);

    /// <summary>Creates an ETag from its text.</summary>
    /// <param name="value">The tag, with or without quotes.</param>
    public static implicit operator ETag(string value) => new(value);

    /// <summary>The tag as a header carries it: quoted, weak prefix included.</summary>
    /// <returns>The quoted tag.</returns>
    public string ToHeader() => IsWeak ? $"W/\"{Value}\"" : $"\"{Value}\"";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
