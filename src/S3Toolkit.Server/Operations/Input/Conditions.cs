using System.Globalization;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Conditional requests, with the precedence of RFC 9110 section 13.2.2, which S3 follows.</summary>
internal static class Conditions
{
    public const string LastModified = "x-amz-if-match-last-modified-time";

    public const string Length = "x-amz-if-match-size";

    /// <summary>Checks the conditions of a read.</summary>
    /// <exception cref="S3ErrorException">412 or 304.</exception>
    public static void CheckRead(S3HeaderCollection headers, ObjectRecord record, DateTimeOffset now)
    {
        if (FailedCondition(headers, "", record, now) is { } failed)
        {
            throw (failed is "If-None-Match" or "If-Modified-Since"
                ? S3Errors.NotModified().WithHeader("ETag", $"\"{record.ETag}\"")
                    .WithHeader("Last-Modified", WireTime.ToHttpDate(record.LastModified))
                : S3Errors.PreconditionFailed(failed)).ToException();
        }
    }

    /// <summary>Whether a range may be cut from this object: RFC 9110 section 13.1.5 wants a strong ETag, or the very date.</summary>
    public static bool AllowsRange(S3HeaderCollection headers, ObjectRecord record)
    {
        if (headers["If-Range"]?.Trim() is not { } validator) return true;
        if (validator.Contains('"', StringComparison.Ordinal)) return validator == $"\"{record.ETag}\"";
        return validator == WireTime.ToHttpDate(record.LastModified);
    }

    /// <summary>Checks the conditions on the source of a copy: all of them fail with 412.</summary>
    /// <exception cref="S3ErrorException">412.</exception>
    public static void CheckCopySource(S3HeaderCollection headers, ObjectRecord record, DateTimeOffset now)
    {
        if (FailedCondition(headers, "x-amz-copy-source-", record, now) is { } failed)
            throw S3Errors.PreconditionFailed("x-amz-copy-source-" + failed).ToException();
    }

    /// <summary>The condition of a write. S3 itself knows If-None-Match with "*" only; an ETag there means what RFC 9110 says.</summary>
    public static WriteCondition ReadWrite(S3HeaderCollection headers)
    {
        string? ifNoneMatch = headers["If-None-Match"];
        string? ifMatch = headers["If-Match"];
        if (ifMatch is not null && ifNoneMatch is not null) throw S3Errors.SeveralConditions().ToException();
        bool isAny = ifNoneMatch?.Trim() == "*";
        return new WriteCondition(isAny, ifMatch is null ? null : Unquote(ifMatch))
        {
            IfNoneMatch = ifNoneMatch is null || isAny ? null : Unquote(ifNoneMatch),
        };
    }

    public static WriteCondition ReadDelete(S3HeaderCollection headers)
    {
        string? ifMatch = headers["If-Match"];
        return new WriteCondition(false, ifMatch is null ? null : Unquote(ifMatch))
        {
            IfLastModified = GuardTime(headers, LastModified),
            IfLength = GuardLength(headers, Length),
        };
    }

    /// <summary>The condition of one object in DeleteObjects.</summary>
    /// <exception cref="S3ErrorException">MalformedXML: a guard that cannot be read must not be dropped.</exception>
    public static WriteCondition ReadDelete(S3XmlNode node)
    {
        string? lastModified = node.TextOf("LastModifiedTime");
        string? size = node.TextOf("Size");
        WriteCondition condition = new(false, node.TextOf("ETag") is { } eTag ? Unquote(eTag) : null)
        {
            IfLastModified = WireTime.TryParse(lastModified),
            IfLength = ParseLength(size),
        };
        bool isMalformed = (lastModified is not null && condition.IfLastModified is null)
            || (size is not null && condition.IfLength is null);
        return isMalformed ? throw S3Errors.MalformedXml().ToException() : condition;
    }

    /// <summary>The ETag without quotes and weakness.</summary>
    public static string Unquote(string eTag)
    {
        ReadOnlySpan<char> text = eTag.AsSpan().Trim();
        if (text.StartsWith("W/")) text = text[2..];
        return text.Trim('"').ToString();
    }

    private static DateTimeOffset? GuardTime(S3HeaderCollection headers, string name) => headers[name] is { } text
        ? WireTime.TryParse(text) ?? throw S3Errors.InvalidArgument("The condition is no date.", name, text).ToException()
        : null;

    private static long? GuardLength(S3HeaderCollection headers, string name) => headers[name] is { } text
        ? ParseLength(text) ?? throw S3Errors.InvalidArgument("The condition is no size in bytes.", name, text).ToException()
        : null;

    private static long? ParseLength(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : null;

    private static string? FailedCondition(S3HeaderCollection headers, string prefix, ObjectRecord record, DateTimeOffset now)
    {
        if (headers[prefix + "If-Match"] is { } ifMatch)
        {
            if (!Matches(ifMatch, record.ETag)) return "If-Match";
        }
        else if (WireTime.TryParse(headers[prefix + "If-Unmodified-Since"]) is { } unmodified && record.LastModified > unmodified)
        {
            return "If-Unmodified-Since";
        }
        if (headers[prefix + "If-None-Match"] is { } ifNoneMatch)
        {
            if (Matches(ifNoneMatch, record.ETag)) return "If-None-Match";
        }
        // A time to come is none that a client could have a copy of: the condition is ignored.
        else if (WireTime.TryParse(headers[prefix + "If-Modified-Since"]) is { } modified && modified <= now
            && record.LastModified <= modified)
        {
            return "If-Modified-Since";
        }
        return null;
    }

    private static bool Matches(string list, string eTag)
    {
        foreach (string item in list.Split(','))
        {
            if (Unquote(item) is var candidate && (candidate == "*" || candidate == eTag)) return true;
        }
        return false;
    }
}
