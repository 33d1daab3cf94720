using System.Globalization;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>The document of PutBucketCors as rules.</summary>
internal static class CorsReader
{
    /// <summary>
    /// S3: 64 KB. Bounds what anybody's question costs: each name of a header that it has may be compared with each that the rules have.
    /// </summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxRules = 100;

    private const int MaxIdLength = 255;

    /// <exception cref="S3ErrorException">MalformedXML, InvalidRequest.</exception>
    public static IReadOnlyList<CorsRuleRecord> Rules(S3XmlNode document)
    {
        if (document.Children.Count == 0 || document.Children.Any(static node => node.Name != "CORSRule"))
            throw S3Errors.MalformedXml().ToException();
        if (document.Children.Count > MaxRules)
            throw Invalid($"The number of CORS rules should not exceed allowed limit of {MaxRules} rules.");
        return [.. document.Children.Select(Rule)];
    }

    private static CorsRuleRecord Rule(S3XmlNode node)
    {
        ILookup<string, string> values = node.Children.ToLookup(static child => child.Name, static child => child.Text);
        bool isKnown = values.All(static group => group.Key switch
        {
            "AllowedOrigin" or "AllowedMethod" or "AllowedHeader" or "ExposeHeader" => true,
            "ID" or "MaxAgeSeconds" => group.Count() == 1,
            _ => false,
        });
        if (!isKnown || !values.Contains("AllowedOrigin") || !values.Contains("AllowedMethod")) throw S3Errors.MalformedXml().ToException();
        CorsRuleRecord rule = new()
        {
            Id = values["ID"].FirstOrDefault(),
            AllowedOrigins = [.. values["AllowedOrigin"]],
            AllowedMethods = [.. values["AllowedMethod"]],
            AllowedHeaders = [.. values["AllowedHeader"]],
            ExposeHeaders = [.. values["ExposeHeader"]],
            MaxAgeSeconds = values["MaxAgeSeconds"].FirstOrDefault() is { } seconds ? Seconds(seconds) : null,
        };
        Check(rule);
        return rule;
    }

    private static void Check(CorsRuleRecord rule)
    {
        if (rule.Id?.Length > MaxIdLength) throw Invalid($"ID length should not exceed allowed limit of {MaxIdLength}");
        if (rule.AllowedMethods.FirstOrDefault(static name => name is not ("GET" or "HEAD" or "PUT" or "POST" or "DELETE")) is { } method)
            throw Invalid($"Found unsupported HTTP method in CORS config. Unsupported method is {method}");
        foreach (string origin in rule.AllowedOrigins) RequireOneWildcard("AllowedOrigin", origin);
        foreach (string header in rule.AllowedHeaders) RequireOneWildcard("AllowedHeader", header);
        foreach (string header in rule.ExposeHeaders)
        {
            if (header.Contains('*'))
                throw Invalid($"ExposeHeader \"{header}\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
            HeaderText.CheckName(header, "ExposeHeader"); // it goes out in a header
        }
    }

    private static void RequireOneWildcard(string element, string pattern)
    {
        if (pattern.AsSpan().Count('*') > 1) throw Invalid($"{element} \"{pattern}\" can not have more than one wildcard.");
    }

    private static int Seconds(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
        ? seconds
        : throw S3Errors.MalformedXml().ToException();

    private static S3ErrorException Invalid(string message) => S3Errors.InvalidRequest(message).ToException();
}
