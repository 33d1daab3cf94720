using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Objects;

/// <summary>Reads a POST form up to its file, which is left to be streamed. What comes after the file is ignored, as on S3.</summary>
internal static class PostFormReader
{
    /// <summary>RFC 2046.</summary>
    private const int MaxBoundary = 70;

    private const string FileNameVariable = "${filename}";

    /// <summary>S3 names some forty. Bounds what a form of small fields costs beyond its bytes, however high their limit is.</summary>
    private const int MaxFields = 200;

    /// <summary>The dashes and line ends around a boundary, and the empty line between the head of a field and its value.</summary>
    private const int FramingBytes = 8;

    public static async ValueTask<(S3PostForm Form, MultipartSection File)> ReadAsync(
        OperationContext context, CancellationToken cancellationToken)
    {
        bool isForm = MediaTypeHeaderValue.TryParse(context.Header("Content-Type"), out MediaTypeHeaderValue? type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        string boundary = isForm ? HeaderUtilities.RemoveQuotes(type!.Boundary).ToString() : "";
        if (boundary.Length == 0)
        {
            throw new S3Error("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")
                .With("Condition", "Bucket POST must be of the enclosure-type multipart/form-data").ToException();
        }
        if (boundary.Length > MaxBoundary) throw S3Errors.MalformedPostRequest().ToException();
        int limit = context.Options.MaxFormFieldBytes;
        MultipartReader reader = new(boundary, context.Authenticated.Body) { HeadersLengthLimit = limit, BodyLengthLimit = null };
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        long bytes = 0;
        int count = 0;
        while (await NextAsync(reader, cancellationToken).ConfigureAwait(false) is { } section)
        {
            // With their frames, as S3 counts: a field without a value takes room as well.
            bytes += boundary.Length + FramingBytes + HeadBytes(section);
            section.Body = new FormSectionStream(section.Body);
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
                throw S3Errors.MalformedPostRequest().ToException();
            string name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (name.Equals("file", StringComparison.OrdinalIgnoreCase)) return (Form(fields, FileName(disposition)), section);
            if (bytes > limit || ++count > MaxFields) throw S3Errors.MaxPostPreDataLengthExceeded().ToException();
            ReadOnlyMemory<byte> value = await ValueAsync(section.Body, limit - bytes, cancellationToken).ConfigureAwait(false);
            bytes += value.Length;
            fields[name] = Encoding.UTF8.GetString(value.Span);
        }
        throw S3Errors.InvalidArgument("POST requires exactly one file upload per request.", "file", "0").ToException();
    }

    private static async ValueTask<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // The reader tells a broken form as it tells a broken connection.
            throw new S3ErrorException(S3Errors.MalformedPostRequest(), exception);
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ValueAsync(Stream body, long maxBytes, CancellationToken cancellationToken)
    {
        using MemoryStream value = new();
        byte[] buffer = new byte[1024];
        while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count && count > 0)
        {
            value.Write(buffer, 0, count);
            if (value.Length > maxBytes) throw S3Errors.MaxPostPreDataLengthExceeded().ToException();
        }
        return value.GetBuffer().AsMemory(0, (int)value.Length);
    }

    /// <summary>The headers of a field as they were sent: name, colon, space, value and line end.</summary>
    private static long HeadBytes(MultipartSection section)
    {
        long bytes = 0;
        foreach ((string name, StringValues values) in section.Headers ?? [])
        {
            foreach (string? value in values) bytes += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value ?? "") + 4;
        }
        return bytes;
    }

    private static S3PostForm Form(Dictionary<string, string> fields, string fileName)
    {
        string template = fields.GetValueOrDefault("key") ?? throw S3Errors.InvalidArgument(
            "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.", "key", "")
            .ToException();
        string key = template.Replace(FileNameVariable, fileName, StringComparison.Ordinal);
        if (key.Length == 0)
            throw S3Errors.InvalidArgument("User key must have a length greater than 0.", "key", template).ToException();
        return new S3PostForm(fields, key, fileName);
    }

    /// <summary>The last segment (some browsers send the whole path); the variable itself, which so stays, when there is none.</summary>
    private static string FileName(ContentDispositionHeaderValue disposition)
    {
        if (!disposition.FileName.HasValue && !disposition.FileNameStar.HasValue) return FileNameVariable;
        string name = (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName))
            .ToString();
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }
}
