using System.Text;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>Reads what follows the last chunk: the declared fields, their signature, and an empty line.</summary>
internal static class AwsChunkedTrailer
{
    private const string SignatureField = "x-amz-trailer-signature";

    public static async ValueTask ReadAsync(LineReader reader, AwsChunkedFrame frame, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> fields = [];
        string? signature = null;
        int budget = frame.HasTrailer ? frame.Settings.MaxTrailerBytes : 0;
        while (true)
        {
            ReadOnlyMemory<byte> line = await reader.ReadLineAsync(budget, cancellationToken).ConfigureAwait(false);
            if (line.IsEmpty) break;
            budget = Math.Max(0, budget - line.Length - 2);
            (string name, string value) = Parse(line.Span);
            if (name == SignatureField) signature = value;
            else if (signature is null) fields.Add(new(name, value));
            else throw S3Errors.MalformedTrailer().ToException();
        }

        if (!frame.HasTrailer) return;
        RequireDeclared(fields, frame.DeclaredTrailers);
        VerifySignature(fields, signature, frame);
        foreach ((string name, string value) in fields) frame.Trailers.Add(name, value);
    }

    private static (string Name, string Value) Parse(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || !Ascii.IsValid(line)) throw S3Errors.MalformedTrailer().ToException();
        // AWS's documentation ends the fields with LF CRLF, the SDKs with CRLF: the trimming takes both.
        return (
            Encoding.ASCII.GetString(line[..colon]).Trim().ToLowerInvariant(), Encoding.ASCII.GetString(line[(colon + 1)..]).Trim());
    }

    private static void RequireDeclared(List<KeyValuePair<string, string>> fields, string[] declared)
    {
        bool agrees = fields.Count == declared.Length;
        foreach ((string name, _) in fields) agrees &= Array.IndexOf(declared, name) >= 0;
        foreach (string name in declared) agrees &= fields.Exists(field => field.Key == name);
        if (!agrees) throw S3Errors.MalformedTrailer().ToException();
    }

    private static void VerifySignature(List<KeyValuePair<string, string>> fields, string? signature, AwsChunkedFrame frame)
    {
        if (frame.Chain is null)
        {
            if (signature is not null) throw S3Errors.MalformedTrailer().ToException();
            return;
        }

        if (signature is null) throw S3Errors.MalformedTrailer().ToException();
        var canonical = new SigningBuffer(stackalloc byte[256]);
        foreach ((string name, string value) in fields)
        {
            canonical.Append(name);
            canonical.Append((byte)':');
            canonical.Append(value);
            canonical.Append((byte)'\n');
        }

        bool matches = frame.Chain.VerifyTrailer(canonical.Written, Encoding.ASCII.GetBytes(signature));
        canonical.Dispose();
        if (!matches) throw (S3Errors.SignatureDoesNotMatch(frame.AccessKeyId) with { ClosesConnection = true }).ToException();
    }
}
