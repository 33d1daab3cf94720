namespace S3Toolkit.Server.Pipeline;

/// <summary>A URI in a message: scheme and host alone, for its user, its path and its query may be secrets.</summary>
internal static class UriText
{
    public static string Of(Uri uri) => uri.IsAbsoluteUri ? $"'{uri.Scheme}://{uri.Host}'" : "relative";
}
