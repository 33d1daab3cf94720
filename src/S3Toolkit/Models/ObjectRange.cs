using System.Globalization;

namespace S3Toolkit;

/// <summary>A range of an object's bytes, as the HTTP header <c>Range</c> has it (RFC 9110, section 14.1.2).</summary>
public readonly record struct ObjectRange
{
    private ObjectRange(long? first, long? last, long? suffix) => (FirstByte, LastByte, SuffixLength) = (first, last, suffix);

    /// <summary>The first byte, counted from 0; null for the last bytes of the object.</summary>
    public long? FirstByte { get; }

    /// <summary>The last byte, inclusive; null for "to the end".</summary>
    public long? LastByte { get; }

    /// <summary>How many bytes at the end; null when <see cref="FirstByte"/> is set.</summary>
    public long? SuffixLength { get; }

    /// <summary>A number of bytes from an offset.</summary>
    /// <param name="offset">The first byte, from 0.</param>
    /// <param name="length">The number of bytes, at least 1.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative, the length below 1, or their sum too large.</exception>
    public static ObjectRange Of(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, long.MaxValue - offset);
        return new ObjectRange(offset, offset + length - 1, null);
    }

    /// <summary>Everything from an offset to the end.</summary>
    /// <param name="offset">The first byte, from 0.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    public static ObjectRange From(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new ObjectRange(offset, null, null);
    }

    /// <summary>The last bytes of the object.</summary>
    /// <param name="length">How many, at least 1.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
    public static ObjectRange Last(long length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return new ObjectRange(null, null, length);
    }

    /// <summary>The value of the header <c>Range</c>, such as <c>bytes=0-99</c>.</summary>
    /// <returns>The header's value.</returns>
    public string ToHeader() => SuffixLength is { } suffix
        ? string.Create(CultureInfo.InvariantCulture, $"bytes=-{suffix}")
        : string.Create(CultureInfo.InvariantCulture, $"bytes={FirstByte ?? 0}-{LastByte}");

    /// <inheritdoc/>
    public override string ToString() => ToHeader();
}
