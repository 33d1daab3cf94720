using System.Globalization;
using System.Text;

namespace S3Toolkit.Server.Faults;

/// <summary>A fault as text: the name of its factory in <see cref="S3Fault"/>, and what that takes.</summary>
internal static class FaultText
{
    public static string Write(S3Fault fault) => fault switch
    {
        DelayFault delay => $"Delay {TextWord.OfTime(delay.Duration)}",
        ErrorFault error => Write(error),
        ResetFault reset => reset.AfterCommit ? "ResetAfterCommit" : "ResetBeforeRead",
        TruncateFault truncate => $"TruncateBody {Number(truncate.AfterBytes)}",
        FlipFault flip => $"FlipByte {Number(flip.Offset)}",
        StallFault stall => $"StallBody {Number(stall.AfterBytes)}",
        SlowFault slow => $"SlowBody {Number(slow.BytesPerSecond)}",
        OkWithErrorFault ok => $"OkWithError {TextWords.Quote(ok.Code)}",
        HtmlFault html => $"Html {Number(html.Status)}",
        RedirectFault redirect => redirect.Endpoint is null
            ? "TemporaryRedirect"
            : $"TemporaryRedirect {TextWords.Quote(redirect.Endpoint.OriginalString)}",
        SkewFault skew => $"ClockSkew {TextWord.OfTime(skew.Skew)}",
        _ => throw new InvalidOperationException($"{fault.GetType().Name} has no text."),
    };

    /// <exception cref="FormatException">There is no such fault, or it takes something else.</exception>
    public static S3Fault Parse(IReadOnlyList<TextWord> words)
    {
        string name = words[0].Value;
        TextWord[] values = [.. words.Skip(1).Where(static word => word.Name is null)];
        TimeSpan? retryAfter = null;
        foreach (TextWord word in words.Where(static word => word.Name is not null))
        {
            retryAfter = word.Name == "retryAfter" && name is "Error" or "SlowDown"
                ? word.ToTime()
                : throw new FormatException($"{name} takes no '{word.Name}='.");
        }
        try
        {
            return Create(name, values, retryAfter);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static S3Fault Create(string name, TextWord[] values, TimeSpan? retryAfter) => (name, values) switch
    {
        ("Delay", [var time]) => S3Fault.Delay(time.ToTime()),
        ("Error", [var status, var code]) => S3Fault.Error(status.ToInt(), code.Value, retryAfter),
        ("SlowDown", []) => S3Fault.SlowDown(retryAfter),
        ("InternalError", []) => S3Fault.InternalError(),
        ("Conflict", []) => S3Fault.Conflict(),
        ("ResetBeforeRead", []) => S3Fault.ResetBeforeRead(),
        ("ResetAfterCommit", []) => S3Fault.ResetAfterCommit(),
        ("TruncateBody", [var bytes]) => S3Fault.TruncateBody(bytes.ToLong()),
        ("FlipByte", [var offset]) => S3Fault.FlipByte(offset.ToLong()),
        ("StallBody", [var bytes]) => S3Fault.StallBody(bytes.ToLong()),
        ("SlowBody", [var rate]) => S3Fault.SlowBody(rate.ToInt()),
        ("OkWithError", []) => S3Fault.OkWithError(),
        ("OkWithError", [var code]) => S3Fault.OkWithError(code.Value),
        ("Html", []) => S3Fault.Html(),
        ("Html", [var status]) => S3Fault.Html(status.ToInt()),
        ("TemporaryRedirect", []) => S3Fault.TemporaryRedirect(),
        ("TemporaryRedirect", [var endpoint]) => S3Fault.TemporaryRedirect(ToUri(endpoint)),
        ("ClockSkew", [var skew]) => S3Fault.ClockSkew(skew.ToTime()),
        _ => throw new FormatException(
            $"'{string.Join(' ', values.Select(static value => value.Value).Prepend(name))}' is no fault. These are: Delay TIME, "
            + "Error STATUS CODE [retryAfter=TIME], SlowDown [retryAfter=TIME], InternalError, Conflict, ResetBeforeRead, "
            + "ResetAfterCommit, TruncateBody BYTES, FlipByte OFFSET, StallBody BYTES, SlowBody BYTES_PER_SECOND, OkWithError [CODE], "
            + "Html [STATUS], TemporaryRedirect [ENDPOINT], ClockSkew TIME."),
    };

    private static string Write(ErrorFault error)
    {
        StringBuilder text = new(error switch
        {
            { Status: 503, Code: "SlowDown" } => "SlowDown",
            { Status: 500, Code: "InternalError", RetryAfter: null } => "InternalError",
            _ => $"Error {Number(error.Status)} {TextWords.Quote(error.Code)}",
        });
        if (error.RetryAfter is { } wait) text.Append(" retryAfter=").Append(TextWord.OfTime(wait));
        return text.ToString();
    }

    private static Uri ToUri(TextWord word) => Uri.TryCreate(word.Value, UriKind.Absolute, out Uri? uri)
        ? uri
        : throw new FormatException($"'{word}' is no address such as http://127.0.0.1:9000.");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
