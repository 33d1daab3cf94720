using System.Globalization;
using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Objects;

/// <summary>The answer to GET and HEAD: the same head, with conditions, a range or a part.</summary>
internal static class ObjectAnswer
{
    public static async ValueTask<S3Response> OfAsync(
        OperationContext context, ObjectRecord record, bool withBody, CancellationToken cancellationToken)
    {
        S3HeaderCollection headers = context.Request.Headers;
        byte[]? dataKey = DataKey(context, record, withBody);
        Conditions.CheckRead(headers, record, context.ExactNow);
        (long offset, long length, PartRecord? part) = Slice(context, record, out bool isPartial);
        S3Response response = new(isPartial ? 206 : 200)
        {
            Body = withBody && length > 0
                ? await StoredResponseBody.OpenAsync(DecryptedBody.Of(record, dataKey), offset, length, cancellationToken)
                    .ConfigureAwait(false)
                : null,
            HeadLength = length,
        };
        response.Object(record, context);
        if (isPartial)
        {
            response.Header(
                "Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {offset}-{offset + length - 1}/{record.Length}"));
        }
        if (context.Request.Query.Contains("partNumber") && record.Parts.Count > 0)
            response.Header("x-amz-mp-parts-count", record.Parts.Count.ToString(CultureInfo.InvariantCulture));
        bool wantsChecksum = headers["x-amz-checksum-mode"]?.Equals("ENABLED", StringComparison.OrdinalIgnoreCase) ?? false;
        if (!wantsChecksum) return response;
        return response.Checksum(ChecksumOf(record, length, part));
    }

    /// <summary>
    /// Of what is sent: a checksum of the whole is none of a range, and a part has one only if the whole's is made of them.
    /// </summary>
    private static ChecksumRecord? ChecksumOf(ObjectRecord record, long length, PartRecord? part)
    {
        if (part is not null && record.Checksum is { IsComposite: true })
            return part.Checksum is null ? null : part.Checksum with { IsComposite = true };
        return length == record.Length ? record.Checksum : null;
    }

    /// <summary>The key that the bytes are encrypted with, for who reads them; who asks about them shows that he could.</summary>
    private static byte[]? DataKey(OperationContext context, ObjectRecord record, bool withBody)
    {
        if (context.Header(EncryptionHeaders.Method) is { } method)
        {
            throw S3Errors.InvalidArgument(
                "x-amz-server-side-encryption header is not supported for this operation.", EncryptionHeaders.Method, method).ToException();
        }
        EncryptionRecord encryption = record.Properties.Encryption;
        CustomerKey? given = CustomerKey.Read(context.Request.Headers);
        // The KMS is asked in the caller's name, and nobody has none: not even a public object is read so.
        if (withBody && encryption.KmsKeyId is not null && context.Caller.IsAnonymous)
        {
            throw S3Errors.InvalidArgument(
                "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.", "Authorization",
                "null").ToException();
        }
        if (withBody) return DataKeys.ForRead(encryption, given, context);
        DataKeys.Check(encryption, given);
        return null;
    }

    private static (long Offset, long Length, PartRecord? Part) Slice(OperationContext context, ObjectRecord record, out bool isPartial)
    {
        string? header = context.Header("Range");
        if (context.Request.Query.Contains("partNumber"))
        {
            int number = Parameters.PartNumber(context);
            if (header is not null)
                throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter").ToException();
            return Part(record, number, out isPartial);
        }
        // Else the client's piece is of another object, and it needs the whole of this one.
        if (!Conditions.AllowsRange(context.Request.Headers, record)) header = null;
        (long Offset, long Length)? range = ByteRanges.Parse(header, record.Length);
        isPartial = range is not null;
        return range is { } found ? (found.Offset, found.Length, null) : (0, record.Length, null);
    }

    private static (long Offset, long Length, PartRecord? Part) Part(ObjectRecord record, int number, out bool isPartial)
    {
        isPartial = record.Length > 0;
        if (record.Parts.Count == 0)
            return number == 1 ? (0, record.Length, null) : throw S3Errors.InvalidPartNumber(number, 1).ToException();
        // Parts are counted anew in a finished object: its first part is number 1, whatever it was uploaded as.
        if (number > record.Parts.Count) throw S3Errors.InvalidPartNumber(number, record.Parts.Count).ToException();
        long offset = 0;
        for (int i = 0; i < number - 1; i++) offset += record.Parts[i].Length;
        PartRecord part = record.Parts[number - 1];
        isPartial = part.Length > 0;
        return (offset, part.Length, part);
    }
}
