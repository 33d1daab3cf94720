using System.Net;

namespace S3Toolkit.Server.Pipeline;

/// <summary>
/// A request as it came off the wire, free of ASP.NET types: Kestrel and the handler without a socket both fill it, so that the
/// pipeline behind it is one and the same.
/// </summary>
internal sealed class S3HttpRequest
{
    public required string Method { get; init; }

    /// <summary>The path exactly as sent: percent-encoded, never normalised, starts with '/'.</summary>
    public required string RawPath { get; init; }

    /// <summary>The query exactly as sent, without '?'; "" when there is none.</summary>
    public required string RawQuery { get; init; }

    /// <summary>The decoded query.</summary>
    public S3QueryCollection Query => field ??= S3QueryCollection.Parse(RawQuery);

    public required S3HeaderCollection Headers { get; init; }

    /// <summary>
    /// The body on the wire. What breaks it is told as <see cref="ClientBrokeOffException"/>, so that nothing else passes for a client
    /// that left.
    /// </summary>
    public required Stream Body { get; init => field = TransportBodyStream.Over(value); }

    /// <summary>
    /// The client waits for 100 Continue before it sends its body, and was not told to. Whether it sends it all the same after another
    /// answer is its choice, so nobody can tell where on the connection its next request begins.
    /// </summary>
    public bool HoldsBack => !((TransportBodyStream)Body).IsBegun && ContentLength != 0
        && string.Equals(Headers["expect"], "100-continue", StringComparison.OrdinalIgnoreCase);

    /// <summary>The bytes of <see cref="Body"/> that were read so far.</summary>
    public long BytesRead => ((TransportBodyStream)Body).BytesRead;

    /// <summary>The length in bytes of the body on the wire (aws-chunked framing included); null when it is not told.</summary>
    public long? ContentLength { get; init; }

    /// <summary>
    /// Whether the client told that there is a body, and be it of no bytes. A request without Content-Length and Transfer-Encoding has none
    /// (RFC 9112, 6.3), but most likely should have had one.
    /// </summary>
    public bool TellsBody { get; init; } = true;

    public bool IsHttps { get; init; }

    /// <summary>How far a fault has moved the clock that judges this request's signature.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>The version of TLS, such as 1.3; null when the connection is not encrypted, or none is there.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The address that the request came from. No header can claim another.</summary>
    public IPAddress RemoteAddress { get; init; } = IPAddress.Loopback;
}
