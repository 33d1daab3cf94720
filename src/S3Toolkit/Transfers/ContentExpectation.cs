using System.Security.Cryptography;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transfers;

/// <summary>What the server says that the bytes of an object amount to: the strongest comparison that its facts allow. Pure.</summary>
internal sealed class ContentExpectation
{
    private readonly ObjectInfo _info;
    private readonly string _value;

    private ContentExpectation(ObjectInfo info, ContentVerification reach, ChecksumFunction function, string value) =>
        (_info, Reach, Function, _value) = (info, reach, function, value);

    /// <summary>How far the content can be verified.</summary>
    public ContentVerification Reach { get; }

    /// <summary>The function to compare by; it means nothing when there is nothing to compare with.</summary>
    public ChecksumFunction Function { get; }

    /// <summary>Whether there is something to compare with.</summary>
    public bool IsVerifiable => Reach != ContentVerification.LengthOnly;

    /// <summary>Whether the values of parts give the value of the whole, in whatever order they come.</summary>
    public bool IsCombinable => IsVerifiable && Function.IsCombinable();

    /// <summary>Chooses the strongest comparison that the facts allow.</summary>
    /// <param name="info">The facts.</param>
    /// <param name="coversObject">Whether all bytes of the object are read.</param>
    /// <param name="hasCustomerKey">Whether the object is encrypted with a key of the caller's, so that its ETag is no MD5.</param>
    public static ContentExpectation Of(ObjectInfo info, bool coversObject, bool hasCustomerKey)
    {
        if (coversObject && info.Checksum is { IsComposite: false } checksum && ChecksumText.IsValid(checksum.Function, checksum.Value))
            return new ContentExpectation(info, ContentVerification.FullObject, checksum.Function, checksum.Value);
        return coversObject && !hasCustomerKey && HasMD5(info)
            ? new ContentExpectation(info, ContentVerification.ETagMd5, ChecksumFunction.Md5, info.ETag!.Value.Value)
            : new ContentExpectation(info, ContentVerification.LengthOnly, default, "");
    }

    /// <param name="value">The raw value of the bytes that came.</param>
    /// <exception cref="ContentCorruptedException">The bytes are not those of the object.</exception>
    public void ThrowIfDifferent(ReadOnlySpan<byte> value)
    {
        var isMD5 = Reach == ContentVerification.ETagMd5;
        var actual = isMD5 ? Convert.ToHexStringLower(value) : ChecksumText.Encode(value);
        if (string.Equals(actual, _value, isMD5 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)) return;
        throw new ContentCorruptedException(
            $"The content of s3://{_info.BucketName}/{_info.Key} is corrupt: its {Function.ToAlgorithmName()} is {actual}, the server says "
            + $"{_value}. Do not use what was read; read it again.",
            S3ErrorCode.ContentCorrupted)
        {
            Operation = "GetObject",
            BucketName = _info.BucketName,
            Key = _info.Key,
        };
    }

    /// <summary>
    /// Whether the ETag is the MD5 of the content. It is not for KMS keys, nor in directory buckets (S3 API reference, "Object").
    /// </summary>
    private static bool HasMD5(ObjectInfo info)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        return info.ETag is { } etag && CompletionVerdict.TryReadMD5(etag, digest)
            && !CompletionVerdict.IsEncryptedByKey(info)
            && info.StorageClass != StorageClass.ExpressOneZone
            && !info.BucketName.EndsWith("--x-s3", StringComparison.Ordinal);
    }
}
