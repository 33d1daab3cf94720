using System.Security.Cryptography;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transfers;

/// <summary>Compares the bytes of a download, as they pass, with what the server says that the object is.</summary>
internal sealed class ContentVerifier : IDisposable
{
    private readonly ObjectInfo _info;
    private readonly IncrementalChecksum? _checksum;
    private readonly IncrementalHash? _md5;

    private ContentVerifier(ObjectInfo info, IncrementalChecksum? checksum, IncrementalHash? md5) =>
        (_info, _checksum, _md5) = (info, checksum, md5);

    /// <summary>How far the content can be verified.</summary>
    public ContentVerification Reach => _checksum is not null ? ContentVerification.FullObject
        : _md5 is not null ? ContentVerification.ETagMd5
        : ContentVerification.LengthOnly;

    /// <summary>Chooses the strongest comparison that the answer allows.</summary>
    /// <param name="info">The facts of the answer.</param>
    /// <param name="coversObject">Whether all bytes of the object are read.</param>
    /// <param name="hasCustomerKey">Whether the object is encrypted with a key of the caller's, so that its ETag is no MD5.</param>
    public static ContentVerifier Create(ObjectInfo info, bool coversObject, bool hasCustomerKey)
    {
        if (!coversObject) return new ContentVerifier(info, null, null);
        if (info.Checksum is { IsComposite: false } checksum && ChecksumText.IsValid(checksum.Function, checksum.Value))
            return new ContentVerifier(info, IncrementalChecksum.Create(checksum.Function), null);
        return !hasCustomerKey && HasMD5(info)
#pragma warning disable CA5351 // The ETag of an object that was put in one request is its MD5; it guards against accidents only.
            ? new ContentVerifier(info, null, IncrementalHash.CreateHash(HashAlgorithmName.MD5))
#pragma warning restore CA5351
            : new ContentVerifier(info, null, null);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _checksum?.Append(bytes);
        _md5?.AppendData(bytes);
    }

    /// <exception cref="ContentCorruptedException">The bytes are not those of the object.</exception>
    public void ThrowIfDifferent()
    {
        if (_checksum is not null)
        {
            var actual = _checksum.ToBase64();
            if (actual != _info.Checksum!.Value) throw Corrupted(_checksum.Function.ToAlgorithmName(), _info.Checksum.Value, actual);
        }
        else if (_md5 is not null)
        {
            var actual = Convert.ToHexStringLower(_md5.GetHashAndReset());
            var expected = _info.ETag!.Value.Value;
            if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase)) throw Corrupted("MD5", expected, actual);
        }
    }

    public void Dispose()
    {
        _checksum?.Dispose();
        _md5?.Dispose();
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

    private ContentCorruptedException Corrupted(string function, string expected, string actual) => new(
        $"The content of s3://{_info.BucketName}/{_info.Key} is corrupt: its {function} is {actual}, the server says {expected}. "
        + "Do not use what was read; read it again.",
        S3ErrorCode.ContentCorrupted)
    {
        Operation = "GetObject",
        BucketName = _info.BucketName,
        Key = _info.Key,
    };
}
