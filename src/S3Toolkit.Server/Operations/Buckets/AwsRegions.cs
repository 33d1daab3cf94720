using System.Buffers;
using System.Text.RegularExpressions;

namespace S3Toolkit.Server.Operations.Buckets;

/// <summary>The names of regions. By their form, not by a list, which would be out of date with AWS's next region.</summary>
internal static partial class AwsRegions
{
    /// <summary>What region names are made of, and "EU".</summary>
    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzEU0123456789-");

    /// <summary>Whether AWS could have such a region: eu-west-1, us-gov-east-1.</summary>
    public static bool IsName(string text) => Form().IsMatch(text);

    /// <summary>Whether a server that is not strict about regions takes it.</summary>
    public static bool IsTolerable(string text) => text.Length <= 64 && !text.AsSpan().ContainsAnyExcept(Characters);

    [GeneratedRegex("^[a-z]{2,5}(-[a-z]{2,12}){1,2}-[0-9]{1,2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
