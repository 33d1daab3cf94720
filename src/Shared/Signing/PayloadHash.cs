namespace S3Toolkit.Signing;

/// <summary>A parsed <c>x-amz-content-sha256</c>: parsed once, so that no later step compares strings.</summary>
/// <param name="Kind">Which of the kinds.</param>
/// <param name="Text">The value as it was sent, which is how it enters the canonical request.</param>
internal readonly record struct PayloadHash(PayloadHashKind Kind, string Text)
{
    public const string UnsignedText = "UNSIGNED-PAYLOAD";
    public const string StreamingUnsignedTrailerText = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    public const string StreamingSignedText = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    public const string StreamingSignedTrailerText = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public const string StreamingEcdsaText = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD";
    public const string StreamingEcdsaTrailerText = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER";

    /// <summary>The SHA-256 of nothing, which requests without a payload carry.</summary>
    public const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static readonly PayloadHash Unsigned = new(PayloadHashKind.Unsigned, UnsignedText);

    /// <summary>The body is framed as aws-chunked.</summary>
    public bool IsStreaming => Kind is not (PayloadHashKind.Single or PayloadHashKind.Unsigned);

    /// <summary>The chunks carry HMAC signatures.</summary>
    public bool HasSignedChunks => Kind is PayloadHashKind.StreamingSigned or PayloadHashKind.StreamingSignedTrailer;

    /// <summary>Header fields follow the last chunk.</summary>
    public bool HasTrailer => Kind is PayloadHashKind.StreamingUnsignedTrailer or PayloadHashKind.StreamingSignedTrailer
        or PayloadHashKind.StreamingEcdsaTrailer;

    public bool IsEcdsa => Kind is PayloadHashKind.StreamingEcdsa or PayloadHashKind.StreamingEcdsaTrailer;

    public static bool TryParse(string text, out PayloadHash hash)
    {
        PayloadHashKind? kind = text switch
        {
            UnsignedText => PayloadHashKind.Unsigned,
            StreamingUnsignedTrailerText => PayloadHashKind.StreamingUnsignedTrailer,
            StreamingSignedText => PayloadHashKind.StreamingSigned,
            StreamingSignedTrailerText => PayloadHashKind.StreamingSignedTrailer,
            StreamingEcdsaText => PayloadHashKind.StreamingEcdsa,
            StreamingEcdsaTrailerText => PayloadHashKind.StreamingEcdsaTrailer,
            _ => IsSha256(text) ? PayloadHashKind.Single : null,
        };
        hash = kind is { } known ? new PayloadHash(known, text) : default;
        return kind is not null;
    }

    private static bool IsSha256(ReadOnlySpan<char> text)
    {
        if (text.Length != SigV4.SignatureLength) return false;
        foreach (char digit in text)
        {
            if (!char.IsAsciiHexDigit(digit)) return false;
        }

        return true;
    }
}
