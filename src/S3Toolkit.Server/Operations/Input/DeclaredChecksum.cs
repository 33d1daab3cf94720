using S3Toolkit.Checksums;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The checksum that a client promises for its body.</summary>
/// <param name="Function">The function.</param>
/// <param name="Value">Base64; null when it comes in a trailer.</param>
internal sealed record DeclaredChecksum(ChecksumFunction Function, string? Value)
{
    /// <summary>Headers of the checksum family that carry no value.</summary>
    private static readonly string[] NoValues = ["x-amz-checksum-algorithm", "x-amz-checksum-type", "x-amz-checksum-mode"];

    /// <summary>Null when there is none.</summary>
    /// <exception cref="S3ErrorException">Malformed, more than one, or of a function that this server has not.</exception>
    public static DeclaredChecksum? Read(S3HeaderCollection headers)
    {
        DeclaredChecksum? found = ReadValue(headers, isOfBody: true);
        foreach (string name in (headers["x-amz-trailer"] ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (!name.StartsWith(ChecksumName.HeaderPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            found = Single(found, new DeclaredChecksum(FunctionOf(name), null));
        }
        CheckSdkAlgorithm(headers, found);
        return found;
    }

    /// <summary>That of a whole object, which may end in -N. A malformed one is given too: it will be as wrong as any other.</summary>
    /// <exception cref="S3ErrorException">More than one, or of a function that this server has not.</exception>
    public static DeclaredChecksum? ReadOfObject(S3HeaderCollection headers) => ReadValue(headers, isOfBody: false);

    public void Verify(string actual, S3HeaderCollection trailers)
    {
        string header = Function.ToHeaderName();
        string expected = Value ?? trailers[header] ?? throw S3Errors.MalformedTrailer().ToException();
        if (!ChecksumText.IsValid(Function, expected)) throw S3Errors.InvalidChecksumHeader(header).ToException();
        if (expected != actual) throw S3Errors.BadChecksum(Function.ToAlgorithmName()).ToException();
    }

    private static DeclaredChecksum? ReadValue(S3HeaderCollection headers, bool isOfBody)
    {
        DeclaredChecksum? found = null;
        foreach ((string name, string value) in headers)
        {
            if (!name.StartsWith(ChecksumName.HeaderPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            if (Array.Exists(NoValues, item => item.Equals(name, StringComparison.OrdinalIgnoreCase))) continue;
            found = Single(found, new DeclaredChecksum(FunctionOf(name), value));
            if (isOfBody && !ChecksumText.IsValid(found.Function, value)) throw S3Errors.InvalidChecksumHeader(name).ToException();
        }
        return found;
    }

    private static DeclaredChecksum Single(DeclaredChecksum? first, DeclaredChecksum second) => first is null
        ? second
        : throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
            .ToException();

    private static ChecksumFunction FunctionOf(string header) => ChecksumName.TryParseHeaderName(header, out ChecksumFunction function)
        ? function
        : throw S3Errors.InvalidRequest("The algorithm type you specified in x-amz-checksum- header is invalid.").ToException();

    private static void CheckSdkAlgorithm(S3HeaderCollection headers, DeclaredChecksum? found)
    {
        if (headers["x-amz-sdk-checksum-algorithm"] is not { } name) return;
        if (!ChecksumName.TryParseAlgorithmName(name, out ChecksumFunction function))
            throw S3Errors.InvalidChecksumHeader("x-amz-sdk-checksum-algorithm").ToException();
        if (found is null)
        {
            // An SDK that falls back to Content-MD5 still names the function that it would have used.
            if (headers["Content-MD5"] is not null) return;
            throw S3Errors.InvalidRequest(
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.")
                .ToException();
        }
        if (found.Function != function) throw S3Errors.InvalidChecksumHeader("x-amz-sdk-checksum-algorithm").ToException();
    }
}
