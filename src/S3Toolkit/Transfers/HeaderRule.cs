using System.Text;

namespace S3Toolkit.Transfers;

/// <summary>What the headers of a write may say. HTTP has no word for a header that cannot be sent, so it is said before.</summary>
internal static class HeaderRule
{
    /// <exception cref="ArgumentException">A value has a character that no header can carry.</exception>
    public static void Check(ObjectWriteOptions options)
    {
        Check(nameof(options.ContentType), options.ContentType);
        Check(nameof(options.CacheControl), options.CacheControl);
        Check(nameof(options.ContentDisposition), options.ContentDisposition);
        Check(nameof(options.ContentEncoding), options.ContentEncoding);
        Check(nameof(options.ContentLanguage), options.ContentLanguage);
        Check(nameof(options.WebsiteRedirectLocation), options.WebsiteRedirectLocation);
    }

    private static void Check(string name, string? value)
    {
        if (value is null || (Ascii.IsValid(value) && value.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0)) return;
        var at = value.AsSpan().IndexOfAnyExceptInRange(' ', '\x7f');
        throw new ArgumentException(
            $"{name} has a character at position {at + 1} that no header can carry: headers are ASCII without control characters. "
            + "A file name in ContentDisposition is written as filename*=UTF-8''... (RFC 8187).");
    }
}
