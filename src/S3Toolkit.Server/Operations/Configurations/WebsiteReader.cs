using System.Globalization;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>The document of PutBucketWebsite as a web site.</summary>
internal static class WebsiteReader
{
    private const int MaxRules = 50;

    /// <exception cref="S3ErrorException">MalformedXML, InvalidArgument, InvalidRequest.</exception>
    public static WebsiteRecord Read(S3XmlNode document)
    {
        RequireOnly(document, "IndexDocument", "ErrorDocument", "RedirectAllRequestsTo", "RoutingRules");
        if (document.Child("RedirectAllRequestsTo") is { } all)
        {
            if (document.Children.Count > 1)
            {
                throw S3Errors.InvalidArgument(
                    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.", "RedirectAllRequestsTo",
                    "not null").ToException();
            }
            return new WebsiteRecord { RedirectAll = All(all) };
        }
        if (document.Child("IndexDocument") is not { } index)
        {
            throw S3Errors.InvalidArgument(
                "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty", "IndexDocument", "null")
                .ToException();
        }
        return new WebsiteRecord
        {
            IndexSuffix = Suffix(index.TextOf("Suffix") ?? ""),
            ErrorKey = document.Child("ErrorDocument") is { } error ? ErrorKey(error) : null,
            Rules = document.Child("RoutingRules") is { } rules ? Rules(rules) : [],
        };
    }

    private static string Suffix(string suffix) => suffix.Length > 0 && !suffix.Contains('/')
        ? suffix
        : throw S3Errors.InvalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", suffix).ToException();

    private static string ErrorKey(S3XmlNode node)
    {
        if (node.TextOf("Key") is not { Length: > 0 } key) throw S3Errors.MalformedXml().ToException();
        ObjectKeys.Check(key);
        return key;
    }

    private static WebsiteRedirectRecord All(S3XmlNode node)
    {
        RequireOnly(node, "HostName", "Protocol");
        if (node.TextOf("HostName") is not { } host) throw S3Errors.MalformedXml().ToException();
        if (host.Length == 0) throw Invalid("A host name must be provided to redirect all requests (e.g. \"example.com\").");
        HeaderText.CheckValue(host, "HostName");
        return new WebsiteRedirectRecord { HostName = host, Protocol = Protocol(node) };
    }

    private static IReadOnlyList<RoutingRuleRecord> Rules(S3XmlNode node)
    {
        RequireOnly(node, "RoutingRule");
        if (node.Children.Count == 0) throw S3Errors.MalformedXml().ToException();
        if (node.Children.Count > MaxRules)
        {
            throw Invalid(
                $"{node.Children.Count} routing rules provided, the number of routing rules in a website configuration is limited to "
                + $"{MaxRules}.");
        }
        return [.. node.Children.Select(Rule)];
    }

    private static RoutingRuleRecord Rule(S3XmlNode node)
    {
        RequireOnly(node, "Condition", "Redirect");
        if (node.Child("Redirect") is not { Children.Count: > 0 } redirect) throw S3Errors.MalformedXml().ToException();
        RoutingRuleRecord rule = new() { Redirect = Redirect(redirect) };
        if (node.Child("Condition") is not { } condition) return rule;
        RequireOnly(condition, "KeyPrefixEquals", "HttpErrorCodeReturnedEquals");
        if (condition.Children.Count == 0)
        {
            throw Invalid(
                "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.");
        }
        string? status = condition.TextOf("HttpErrorCodeReturnedEquals");
        return rule with
        {
            KeyPrefix = condition.TextOf("KeyPrefixEquals"),
            ErrorStatus = status is null ? null : Status(status, "error", 400, 599, "4XX or 5XX"),
        };
    }

    private static WebsiteRedirectRecord Redirect(S3XmlNode node)
    {
        RequireOnly(node, "HostName", "Protocol", "ReplaceKeyPrefixWith", "ReplaceKeyWith", "HttpRedirectCode");
        string? status = node.TextOf("HttpRedirectCode");
        WebsiteRedirectRecord redirect = new()
        {
            HostName = node.TextOf("HostName"),
            Protocol = Protocol(node),
            ReplaceKeyPrefixWith = node.TextOf("ReplaceKeyPrefixWith"),
            ReplaceKeyWith = node.TextOf("ReplaceKeyWith"),
            Status = status is null ? null : Status(status, "redirect", 301, 399, "3XX except 300"),
        };
        if (redirect is { ReplaceKeyPrefixWith: not null, ReplaceKeyWith: not null })
            throw Invalid("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
        HeaderText.CheckValue(redirect.HostName ?? "", "HostName"); // it goes out in a header
        return redirect;
    }

    private static string? Protocol(S3XmlNode node) => node.TextOf("Protocol") switch
    {
        null or "http" or "https" => node.TextOf("Protocol"),
        _ => throw Invalid(
            "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically."),
    };

    private static int Status(string text, string kind, int min, int max, string valid)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status))
            throw S3Errors.MalformedXml().ToException();
        return status >= min && status <= max
            ? status
            : throw Invalid($"The provided HTTP {kind} code ({text}) is not valid. Valid codes are {valid}.");
    }

    /// <summary>Each at most once, but for the rules.</summary>
    private static void RequireOnly(S3XmlNode node, params ReadOnlySpan<string> names)
    {
        HashSet<string> seen = [];
        foreach (S3XmlNode child in node.Children)
        {
            if (!names.Contains(child.Name) || (!seen.Add(child.Name) && child.Name != "RoutingRule"))
                throw S3Errors.MalformedXml().ToException();
        }
    }

    private static S3ErrorException Invalid(string message) => S3Errors.InvalidRequest(message).ToException();
}
