namespace S3Toolkit.Server.Pipeline;

/// <summary>S3's rules for the names of general purpose buckets.</summary>
internal static class BucketNames
{
    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];

    private static readonly string[] ReservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    public static bool IsValid(string name)
    {
        if (name.Length is < 3 or > 63) return false;
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-')) return false;
        }
        if (!char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1])) return false;
        if (name.Contains("..", StringComparison.Ordinal) || IsIPAddress(name)) return false;
        return !Array.Exists(ReservedPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            && !Array.Exists(ReservedSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal));
    }

    /// <summary>Four decimal groups; IPAddress.TryParse also takes "123" and "0xdeadbeef", which are names.</summary>
    private static bool IsIPAddress(string name)
    {
        int groups = 0;
        foreach (Range group in name.AsSpan().Split('.'))
        {
            groups++;
            if (name.AsSpan(group) is not { Length: 1 or 2 or 3 } digits || digits.ContainsAnyExceptInRange('0', '9')) return false;
        }
        return groups == 4;
    }
}
