using System.Buffers;
using System.Globalization;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Query parameters and headers that several operations share.</summary>
internal static class Parameters
{
    /// <summary>S3: 1 to 10,000 parts.</summary>
    public const int MaxPartNumber = 10_000;

    /// <summary>S3: pages of at most 1,000.</summary>
    public const int MaxPage = 1000;

    private static readonly SearchValues<char> VersionIdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>A page size: more than S3 gives is cut, one below <paramref name="min"/> or malformed is refused.</summary>
    public static int PageSize(OperationContext context, string name, int max = MaxPage, string? text = null, int min = 0)
    {
        text ??= context.Query(name);
        return string.IsNullOrEmpty(text) ? max : Math.Min(Number(name, text, min), max);
    }

    /// <summary>The part after which a page begins; 0 = at the first.</summary>
    public static int PartNumberMarker(string name, string? text) => string.IsNullOrEmpty(text) ? 0 : Number(name, text, min: 0);

    private static int Number(string name, string text, int min)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            throw S3Errors.InvalidArgument($"Provided {name} not an integer or within integer range", name, text).ToException();
        return number >= min
            ? number
            : throw S3Errors.InvalidArgument($"Argument {name} must be an integer between {min} and 2147483647", name, text).ToException();
    }

    /// <summary>Whether keys are to be percent-encoded in the answer.</summary>
    public static bool IsUrlEncoded(OperationContext context) => context.Query("encoding-type") switch
    {
        null => false,
        "url" => true,
        string other => throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", other)
            .ToException(),
    };

    public static int PartNumber(OperationContext context)
    {
        string? text = context.Query("partNumber");
        bool isValid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number is >= 1 and <= MaxPartNumber;
        return isValid
            ? number
            : throw S3Errors.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text)
                .ToException();
    }

    public static string UploadId(OperationContext context) => context.Query("uploadId") is { Length: > 0 } uploadId
        ? uploadId
        : throw S3Errors.InvalidArgument("This operation does not accept a query-string without uploadId.", "uploadId").ToException();

    /// <summary>The version asked for; null = the newest.</summary>
    public static string? VersionId(OperationContext context)
    {
        string? versionId = CheckVersionId(context.Query("versionId"));
        return IsOfNoVersion(context, versionId) ? throw S3Errors.InvalidVersionId(versionId!).ToException() : versionId;
    }

    /// <summary>In a list of versions to delete, an id that can be of none is as good as one that is gone.</summary>
    /// <exception cref="S3ErrorException">NoSuchVersion.</exception>
    public static void CheckListedVersionId(OperationContext context, string key, string? versionId)
    {
        if (!IsWellFormed(versionId) || IsOfNoVersion(context, versionId)) throw S3Errors.NoSuchVersion(key, versionId!).ToException();
    }

    /// <summary>S3's ids are those of a bucket: one that never had versioning gave none.</summary>
    private static bool IsOfNoVersion(OperationContext context, string? versionId) =>
        versionId is not (null or "null") && context.Bucket is { Versioning: BucketVersioning.None };

    public static string? CheckVersionId(string? versionId)
    {
        if (versionId is null or "null") return versionId;
        if (versionId.Length == 0) throw S3Errors.InvalidArgument("Version id cannot be the empty string", "versionId", "").ToException();
        return IsWellFormed(versionId) ? versionId : throw S3Errors.InvalidVersionId(versionId).ToException();
    }

    private static bool IsWellFormed(string? versionId) => versionId is null or "null"
        || (versionId.Length is >= 16 and <= 1024 && !versionId.AsSpan().ContainsAnyExcept(VersionIdCharacters));

    /// <summary>The value of x-amz-checksum-algorithm; null when it is not sent.</summary>
    public static ChecksumFunction? ChecksumAlgorithm(OperationContext context)
    {
        if (context.Header("x-amz-checksum-algorithm") is not { Length: > 0 } name) return null;
        if (ChecksumName.TryParseAlgorithmName(name, out ChecksumFunction function)) return function;
        throw S3Errors.InvalidRequest(
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
            + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256, MD5, SHA512, XXHASH64, XXHASH3, XXHASH128]").ToException();
    }

    /// <summary>The value of x-amz-checksum-type: of the parts' checksums (true) or of the whole (false); null = not sent.</summary>
    public static bool? IsCompositeChecksum(OperationContext context) => context.Header("x-amz-checksum-type")?.ToUpperInvariant() switch
    {
        null => null,
        "COMPOSITE" => true,
        "FULL_OBJECT" => false,
        _ => throw S3Errors.InvalidChecksumHeader("x-amz-checksum-type").ToException(),
    };
}
