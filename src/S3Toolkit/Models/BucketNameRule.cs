using System.Buffers;

namespace S3Toolkit;

/// <summary>Which names buckets can have ("Bucket naming rules" of the S3 user guide): a pure check.</summary>
internal static class BucketNameRule
{
    private const int MinLength = 3;
    private const int MaxLength = 63;

    // Buckets made in us-east-1 before 2018 may have up to 255 characters, capitals and underscores: good to use, not to create.
    private const int MaxOldLength = 255;

    private static readonly SearchValues<char> NewCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");
    private static readonly SearchValues<char> OldCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Whether a bucket of this name can exist. Access points and the like go by their ARN or alias.</summary>
    public static string RequireUsable(string bucketName, string parameterName = "bucketName")
    {
        ArgumentException.ThrowIfNullOrEmpty(bucketName, parameterName);
        if (bucketName.StartsWith("arn:", StringComparison.Ordinal)) return bucketName;
        if (bucketName.Length is < MinLength or > MaxOldLength)
            throw Invalid(bucketName, $"it has {bucketName.Length} characters, and a name has {MinLength} to {MaxLength}", parameterName);
        if (bucketName.AsSpan().IndexOfAnyExcept(OldCharacters) is >= 0 and var at)
            throw Invalid(bucketName, $"'{bucketName[at]}' at position {at + 1} is not possible", parameterName);
        if (bucketName is "." or ".." || bucketName.Contains("..", StringComparison.Ordinal))
            throw Invalid(bucketName, "it has two dots in a row", parameterName);
        return bucketName;
    }

    /// <summary>Whether a bucket of this name can be created today.</summary>
    public static string RequireCreatable(string bucketName, string parameterName = "bucketName")
    {
        RequireUsable(bucketName, parameterName);
        if (bucketName.Length > MaxLength)
            throw Invalid(bucketName, $"it has {bucketName.Length} characters, and a name has {MinLength} to {MaxLength}", parameterName);
        if (bucketName.AsSpan().IndexOfAnyExcept(NewCharacters) is >= 0 and var at)
            throw Invalid(bucketName, $"'{bucketName[at]}' at position {at + 1} is not possible: use a-z, 0-9, '.' and '-'", parameterName);
        if (!char.IsAsciiLetterOrDigit(bucketName[0]) || !char.IsAsciiLetterOrDigit(bucketName[^1]))
            throw Invalid(bucketName, "it must begin and end with a letter or a digit", parameterName);
        if (IsIPAddress(bucketName))
            throw Invalid(bucketName, "it looks like an IP address", parameterName);
        return bucketName;
    }

    /// <summary>Four decimal groups; IPAddress.TryParse also takes hexadecimal ones, which are names, and refuses 999.</summary>
    private static bool IsIPAddress(string bucketName)
    {
        var groups = 0;
        foreach (var group in bucketName.AsSpan().Split('.'))
        {
            groups++;
            if (bucketName.AsSpan(group) is not { Length: 1 or 2 or 3 } digits || digits.ContainsAnyExceptInRange('0', '9')) return false;
        }
        return groups == 4;
    }

    private static ArgumentException Invalid(string bucketName, string reason, string parameterName) =>
        new($"No bucket can be called '{bucketName}': {reason}.", parameterName);
}
