using System.Globalization;
using System.Text;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Faults;

/// <summary>The faults that befall one request. Of several that answer, the first one added does.</summary>
internal sealed class FaultSet(IReadOnlyList<S3FaultHandle> faults)
{
    public static readonly FaultSet None = new([]);

    public bool ResetsBeforeRead => faults.Any(item => item.Fault is ResetFault { AfterCommit: false });

    public bool ResetsAfterCommit => faults.Any(item => item.Fault is ResetFault { AfterCommit: true });

    /// <summary>How far the clock that judges signatures is moved.</summary>
    public TimeSpan ClockSkew => faults.Select(static item => item.Fault).OfType<SkewFault>().FirstOrDefault()?.Skew ?? TimeSpan.Zero;

    /// <summary>For the request log.</summary>
    public IReadOnlyList<S3Fault> All => [.. faults.Select(static item => item.Fault)];

    public async ValueTask DelayAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        foreach (S3FaultHandle item in faults)
        {
            if (item.Fault is DelayFault delay) await Task.Delay(delay.Duration, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The answer in place of the operation's; null lets the operation run.</summary>
    public S3Response? Answer(S3HttpRequest request, string requestId)
    {
        foreach (S3FaultHandle item in faults)
        {
            switch (item.Fault)
            {
                case ErrorFault error:
                    return ErrorResponses.Of(ErrorOf(error), request, requestId);
                case OkWithErrorFault ok:
                    S3Error inBody = new(ok.Code, 200, MessageOf(ok.Code));
                    return ErrorResponses.Of(inBody, request, requestId);
                case RedirectFault redirect:
                    return ErrorResponses.Of(ErrorOf(redirect, request), request, requestId);
                case HtmlFault html:
                    byte[] page = Encoding.UTF8.GetBytes(
                        "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>\n");
                    return new S3Response(html.Status) { Body = request.Method == "HEAD" ? null : new BytesResponseBody(page) }
                        .Header("Content-Type", "text/html; charset=utf-8");
            }
        }
        return null;
    }

    /// <summary>The stream that does to the answer's body what the faults ask for.</summary>
    public Stream Wrap(Stream body, TimeProvider timeProvider)
    {
        foreach (S3FaultHandle item in faults)
        {
            body = item.Fault switch
            {
                TruncateFault truncate => new TruncatedStream(body, truncate.AfterBytes),
                FlipFault flip => new FlippedStream(body, flip.Offset),
                StallFault stall => new StalledStream(body, stall.AfterBytes, item.Released),
                SlowFault slow => new SlowStream(body, slow.BytesPerSecond, timeProvider),
                _ => body,
            };
        }
        return body;
    }

    private static S3Error ErrorOf(ErrorFault fault)
    {
        S3Error error = new(fault.Code, fault.Status, MessageOf(fault.Code));
        if (fault.RetryAfter is not { } wait) return error;
        return error
            .WithHeader("Retry-After", ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture))
            .WithHeader("x-amz-retry-after", ((long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
    }

    private static S3Error ErrorOf(RedirectFault fault, S3HttpRequest request)
    {
        string own = $"{(request.IsHttps ? "https" : "http")}://{request.Headers["Host"]}";
        string origin = fault.Endpoint?.GetLeftPart(UriPartial.Authority) ?? own;
        string query = request.RawQuery.Length == 0 ? "" : "?" + request.RawQuery;
        return new S3Error(
            "TemporaryRedirect", 307,
            "Please re-send this request to the specified temporary endpoint. Continue to use the original request endpoint for future "
            + "requests.")
            .With("Endpoint", origin[(origin.IndexOf("//", StringComparison.Ordinal) + 2)..])
            .WithHeader("Location", origin + request.RawPath + query);
    }

    private static string MessageOf(string code) => code switch
    {
        "InternalError" => S3Errors.InternalError().Message,
        "SlowDown" => S3Errors.SlowDown().Message,
        "ServiceUnavailable" => S3Errors.ServiceUnavailable().Message,
        "OperationAborted" =>
            "A conflicting conditional operation is currently in progress against this resource. Please try again.",
        "ConditionalRequestConflict" =>
            "The conditional request cannot succeed due to a conflicting operation against this resource.",
        _ => "A fault that was asked for.",
    };
}
