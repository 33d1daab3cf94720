using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>How a bucket is served as a web site.</summary>
internal static class BucketWebsite
{
    public static readonly BucketConfiguration<WebsiteRecord> Kind = new()
    {
        Root = "WebsiteConfiguration",
        Read = static (document, _) => WebsiteReader.Read(document),
        Write = Write,
        Of = static bucket => bucket.Website,
        With = static (bucket, website) => bucket with { Website = website },
        Missing = S3Errors.NoSuchWebsiteConfiguration,
    };

    private static void Write(S3XmlWriter writer, WebsiteRecord website)
    {
        if (website.RedirectAll is { } all) Redirect(writer, "RedirectAllRequestsTo", all);
        if (website.IndexSuffix is { } suffix)
        {
            writer.Start("IndexDocument");
            writer.Element("Suffix", suffix);
            writer.End("IndexDocument");
        }
        if (website.ErrorKey is { } key)
        {
            writer.Start("ErrorDocument");
            writer.Element("Key", key);
            writer.End("ErrorDocument");
        }
        if (website.Rules.Count == 0) return;
        writer.Start("RoutingRules");
        foreach (RoutingRuleRecord rule in website.Rules) Rule(writer, rule);
        writer.End("RoutingRules");
    }

    private static void Rule(S3XmlWriter writer, RoutingRuleRecord rule)
    {
        writer.Start("RoutingRule");
        if (rule.KeyPrefix is not null || rule.ErrorStatus is not null)
        {
            writer.Start("Condition");
            writer.Element("KeyPrefixEquals", rule.KeyPrefix);
            if (rule.ErrorStatus is { } status) writer.Element("HttpErrorCodeReturnedEquals", status);
            writer.End("Condition");
        }
        Redirect(writer, "Redirect", rule.Redirect);
        writer.End("RoutingRule");
    }

    private static void Redirect(S3XmlWriter writer, string element, WebsiteRedirectRecord redirect)
    {
        writer.Start(element);
        writer.Element("Protocol", redirect.Protocol);
        writer.Element("HostName", redirect.HostName);
        writer.Element("ReplaceKeyPrefixWith", redirect.ReplaceKeyPrefixWith);
        writer.Element("ReplaceKeyWith", redirect.ReplaceKeyWith);
        if (redirect.Status is { } status) writer.Element("HttpRedirectCode", status);
        writer.End(element);
    }
}
