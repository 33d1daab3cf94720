using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>Which pages may use a bucket.</summary>
internal static class BucketCors
{
    public static readonly BucketConfiguration<IReadOnlyList<CorsRuleRecord>> Kind = new()
    {
        Root = "CORSConfiguration",
        MaxBytes = CorsReader.MaxBytes,
        Read = static (document, _) => CorsReader.Rules(document),
        Write = static (writer, rules) => Write(writer, rules),
        Of = static bucket => bucket.Cors.Count == 0 ? null : bucket.Cors,
        With = static (bucket, rules) => bucket with { Cors = rules ?? [] },
        Missing = S3Errors.NoSuchCorsConfiguration,
    };

    private static void Write(S3XmlWriter writer, IReadOnlyList<CorsRuleRecord> rules)
    {
        foreach (CorsRuleRecord rule in rules)
        {
            writer.Start("CORSRule");
            writer.Element("ID", rule.Id);
            foreach (string method in rule.AllowedMethods) writer.Element("AllowedMethod", method);
            foreach (string origin in rule.AllowedOrigins) writer.Element("AllowedOrigin", origin);
            foreach (string header in rule.AllowedHeaders) writer.Element("AllowedHeader", header);
            if (rule.MaxAgeSeconds is { } seconds) writer.Element("MaxAgeSeconds", seconds);
            foreach (string header in rule.ExposeHeaders) writer.Element("ExposeHeader", header);
            writer.End("CORSRule");
        }
    }
}
