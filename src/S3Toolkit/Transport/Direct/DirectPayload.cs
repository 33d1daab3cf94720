using System.Security.Cryptography;
using S3Toolkit.Checksums;
using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>A body as it will be sent: what the signature says of it, the headers that go with it, and its bytes.</summary>
internal sealed class DirectPayload
{
    private const int BlockBytes = 128 * 1024;

    private static readonly DirectPayload None = new() { Sha256 = PayloadHash.EmptySha256 };

    /// <summary>The value of <c>x-amz-content-sha256</c>.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Headers <c>x-amz-*</c> of the body, to be signed.</summary>
    public HeaderField[] Headers { get; init; } = [];

    /// <summary>The checksum that goes with the body: known before it is sent, or once it has been; null without one.</summary>
    public string? Checksum =>
        Headers is [{ Name: var name, Value: var value }] && name.StartsWith(ChecksumName.HeaderPrefix, StringComparison.Ordinal)
            ? value
            : Content?.TrailerValue;

    /// <summary>The bytes; null for no body.</summary>
    public DirectContent? Content { get; init; }

    /// <summary>Decides how a body goes out, and reads it once beforehand where a header must say what it is.</summary>
    /// <param name="body">The body; null for none.</param>
    /// <param name="function">The checksum to send with it; null for none.</param>
    /// <param name="canSendUnsigned">Whether the signature may leave the body out.</param>
    /// <param name="canSendTrailer">Whether a checksum may follow the body.</param>
    /// <param name="attempt">The attempt, which hears of bytes that move.</param>
    public static ValueTask<DirectPayload> PrepareAsync(
        RequestBody? body, ChecksumFunction? function, bool canSendUnsigned, bool canSendTrailer, S3Attempt attempt)
    {
        if (body is null) return new(None);
        if (!canSendUnsigned) return new(HashAsync(body, function, isSigned: true, attempt));
        if (function is not { } known)
            return new(new DirectPayload { Sha256 = PayloadHash.UnsignedText, Content = new DirectContent(body, trailer: null, attempt) });
        if (body.TryGetMemory(out var memory))
        {
            return new(new DirectPayload
            {
                Sha256 = PayloadHash.UnsignedText,
                Headers = [new HeaderField(known.ToHeaderName(), IncrementalChecksum.ComputeBase64(known, memory.Span))],
                Content = new DirectContent(body, trailer: null, attempt),
            });
        }

        return canSendTrailer ? new(WithTrailer(body, known, attempt)) : new(HashAsync(body, function, isSigned: false, attempt));
    }

    private static DirectPayload WithTrailer(RequestBody body, ChecksumFunction function, S3Attempt attempt) => new()
    {
        Sha256 = PayloadHash.StreamingUnsignedTrailerText,
        Headers =
        [
            new HeaderField("x-amz-decoded-content-length", body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new HeaderField("x-amz-trailer", function.ToHeaderName()),
        ],
        Content = new DirectContent(body, function, attempt),
    };

    private static async Task<DirectPayload> HashAsync(RequestBody body, ChecksumFunction? function, bool isSigned, S3Attempt attempt)
    {
        using var sha256 = isSigned ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        using var checksum = function is { } known ? IncrementalChecksum.Create(known) : null;
        var reader = new BodyReader(body, BlockBytes, attempt);
        await using var owned = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(attempt.Token).ConfigureAwait(false) is { IsEmpty: false } block)
        {
            sha256?.AppendData(block.Span);
            checksum?.Append(block.Span);
        }

        return new DirectPayload
        {
            Sha256 = sha256 is null ? PayloadHash.UnsignedText : Convert.ToHexStringLower(sha256.GetHashAndReset()),
            Headers = checksum is null ? [] : [new HeaderField(checksum.Function.ToHeaderName(), checksum.ToBase64())],
            Content = new DirectContent(body, trailer: null, attempt),
        };
    }
}
