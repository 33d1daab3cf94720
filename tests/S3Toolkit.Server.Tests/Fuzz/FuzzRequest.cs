using System.Globalization;
using System.Text;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Fuzz;

/// <summary>Bytes for a connection, and whether more of them are owed: then the client hangs up at once instead of waiting.</summary>
internal sealed record FuzzRequest(byte[] Bytes, bool IsCut)
{
    /// <summary>Whether the request is known to be all that there is, so that an answer must come, however long it takes.</summary>
    public bool IsWhole { get; init; }

    public override string ToString()
    {
        string text = Encoding.Latin1.GetString(Bytes.AsSpan(0, Math.Min(Bytes.Length, 3_000)));
        return $"{Bytes.Length} bytes, {(IsCut ? "cut" : "whole")}:\n{text.Replace("\0", "\\0", StringComparison.Ordinal)}";
    }
}

/// <summary>How a body goes onto the wire.</summary>
internal enum Framing
{
    Length,
    Chunked,
    ChunkedWithoutEnd,
    ChunkedBadSize,
    ChunkedHugeSize,
    ChunkedNoBreak,
    ChunkedExtension,
    TooLong,
    TooShort,
    Nothing,
    Both,
    TwoLengths,
    NegativeLength,
}

/// <summary>A signed request as HTTP/1.1.</summary>
internal static class WireWriter
{
    public static (byte[] Head, byte[] Body, bool IsCut) Write(S3HttpRequest request, byte[] body, Framing framing)
    {
        StringBuilder head = new();
        string target = request.RawQuery.Length > 0 ? $"{request.RawPath}?{request.RawQuery}" : request.RawPath;
        head.Append(CultureInfo.InvariantCulture, $"{request.Method} {target} HTTP/1.1\r\n");
        foreach ((string name, string value) in request.Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append("connection: close\r\n");
        string[] lengths = framing switch
        {
            Framing.Length => [$"content-length: {body.Length}"],
            Framing.TooLong => [$"content-length: {body.Length + 5}"],
            Framing.TooShort => [$"content-length: {body.Length / 2}"],
            Framing.Nothing => [],
            Framing.Both => [$"content-length: {body.Length}", "transfer-encoding: chunked"],
            Framing.TwoLengths => [$"content-length: {body.Length}", "content-length: 1"],
            Framing.NegativeLength => ["content-length: -1"],
            _ => ["transfer-encoding: chunked"],
        };
        foreach (string line in lengths) head.Append(line).Append("\r\n");
        byte[] framed = framing is Framing.Length or Framing.TooLong or Framing.TooShort or Framing.Nothing or Framing.TwoLengths
            or Framing.NegativeLength ? body : Chunk(body, framing);
        return (Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), framed, framing is Framing.TooLong or Framing.ChunkedWithoutEnd
            or Framing.ChunkedHugeSize);
    }

    private static byte[] Chunk(byte[] body, Framing framing)
    {
        string size = framing switch
        {
            Framing.ChunkedBadSize => "zz",
            Framing.ChunkedHugeSize => "7fffffffffffffff",
            Framing.ChunkedExtension => $"{body.Length:x};a=\"b\";{new string('c', 300)}",
            _ => $"{body.Length:x}",
        };
        string rest = framing switch
        {
            Framing.ChunkedWithoutEnd => "\r\n",
            Framing.ChunkedNoBreak => "0\r\n\r\n",
            _ => body.Length > 0 ? "\r\n0\r\n\r\n" : "\r\n",
        };
        return [.. Encoding.ASCII.GetBytes(size + "\r\n"), .. body, .. Encoding.ASCII.GetBytes(rest)];
    }
}
