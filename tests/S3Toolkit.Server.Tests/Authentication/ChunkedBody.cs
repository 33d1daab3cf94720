using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Authentication;

/// <summary>Frames a payload as aws-chunked, signed or not, and lets a test break the frame.</summary>
internal sealed class ChunkedBody
{
    public byte[] Payload { get; set; } = [];

    public int ChunkBytes { get; set; } = 8_192;

    public string Kind { get; set; } = PayloadHash.StreamingSignedText;

    /// <summary>Trailing fields as name and value; the wire has them as they are here.</summary>
    public List<(string Name, string Value)> Trailers { get; } = [];

    public string? DeclaredTrailers { get; set; }

    public long? DecodedLength { get; set; }

    /// <summary>The request that carries it.</summary>
    public SignedRequest Target { get; init; } = new();

    private bool IsSigned => Kind.StartsWith(PayloadHash.StreamingSignedText, StringComparison.Ordinal);

    private bool HasTrailer => Kind.EndsWith("-TRAILER", StringComparison.Ordinal);

    /// <summary>The signed request with its framed body, after <paramref name="tamper"/> has changed the wire's bytes.</summary>
    public S3HttpRequest Request(Func<byte[], byte[]>? tamper = null, Func<Stream, Stream>? wrap = null)
    {
        SignedRequest request = Target;
        request.PayloadText = Kind;
        request.Headers.Add(new("content-encoding", "aws-chunked"));
        request.Headers.Add(new("x-amz-decoded-content-length", (DecodedLength ?? Payload.Length).ToString(CultureInfo.InvariantCulture)));
        string? declared = DeclaredTrailers ?? (HasTrailer && Trailers.Count > 0 ? string.Join(',', Trailers.Select(t => t.Name)) : null);
        if (declared is not null) request.Headers.Add(new("x-amz-trailer", declared));

        byte[] seed = new byte[SigV4.SignatureLength];
        S3HttpRequest signed = request.SignHeaders(seed: seed);
        byte[] wire = Frame(seed);
        if (tamper is not null) wire = tamper(wire);
        Stream body = new MemoryStream(wire);
        return new S3HttpRequest
        {
            Method = signed.Method, RawPath = signed.RawPath, RawQuery = signed.RawQuery, Headers = signed.Headers,
            Body = wrap is null ? body : wrap(body), ContentLength = wire.Length,
        };
    }

    private byte[] Frame(byte[] seed)
    {
        CredentialScope scope = CredentialScope.ForS3(Target.Time, SignedRequest.Region);
        byte[] signingKey = SigningKey.Derive(Target.SigningSecret, scope);
        var chain = new ChunkSignatureChain(signingKey, SigningTime.Format(Target.Time), scope, seed);
        using var wire = new MemoryStream();
        foreach (byte[] chunk in Payload.Chunk(ChunkBytes).Append([]))
        {
            Write(wire, chunk.Length.ToString("x", CultureInfo.InvariantCulture));
            if (IsSigned) Write(wire, ";chunk-signature=" + Encoding.ASCII.GetString(chain.SignChunk(SHA256.HashData(chunk))));
            Write(wire, "\r\n");
            wire.Write(chunk);
            if (chunk.Length > 0) Write(wire, "\r\n");
        }

        foreach ((string name, string value) in Trailers) Write(wire, $"{name}:{value}\r\n");
        if (IsSigned && HasTrailer)
        {
            string canonical = string.Concat(Trailers.Select(t => $"{t.Name}:{t.Value}\n"));
            Write(wire, $"x-amz-trailer-signature:{Encoding.ASCII.GetString(chain.SignTrailer(Encoding.ASCII.GetBytes(canonical)))}\r\n");
        }

        Write(wire, "\r\n");
        return wire.ToArray();
    }

    private static void Write(MemoryStream wire, string text) => wire.Write(Encoding.ASCII.GetBytes(text));
}
