namespace S3Toolkit.Server.Storage;

/// <summary>How a delimiter rolls keys up into common prefixes.</summary>
internal static class KeyRollup
{
    /// <summary>The common prefix that stands for a key in a listing; null when the key stands for itself.</summary>
    public static string? CommonPrefixOf(string key, string prefix, string delimiter)
    {
        if (delimiter.Length == 0 || key.Length < prefix.Length) return null;
        int at = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + delimiter.Length)];
    }
}
