using S3Toolkit.Checksums;

namespace S3Toolkit.Transfers;

/// <summary>Compares the bytes of a download, as they pass, with what the server says that the object is.</summary>
internal sealed class ContentVerifier : IDisposable
{
    private readonly ContentExpectation? _expectation;
    private readonly IncrementalChecksum? _checksum;

    private ContentVerifier(ContentExpectation? expectation)
    {
        if (expectation is not { IsVerifiable: true }) return;
        (_expectation, _checksum) = (expectation, IncrementalChecksum.Create(expectation.Function));
    }

    /// <summary>For bytes that can be compared with nothing, or that somebody else compares.</summary>
    public static ContentVerifier None { get; } = new(null);

    /// <summary>How far the content can be verified.</summary>
    public ContentVerification Reach => _expectation?.Reach ?? ContentVerification.LengthOnly;

    /// <inheritdoc cref="ContentExpectation.Of"/>
    public static ContentVerifier Create(ObjectInfo info, bool coversObject, bool hasCustomerKey) =>
        new(ContentExpectation.Of(info, coversObject, hasCustomerKey));

    public void Append(ReadOnlySpan<byte> bytes) => _checksum?.Append(bytes);

    /// <exception cref="ContentCorruptedException">The bytes are not those of the object.</exception>
    public void ThrowIfDifferent()
    {
        if (_checksum is null) return;
        Span<byte> value = stackalloc byte[ChecksumText.MaxValueSizeBytes];
        _checksum.WriteValue(value);
        _expectation!.ThrowIfDifferent(value[.._checksum.ValueSizeBytes]);
    }

    public void Dispose() => _checksum?.Dispose();
}
