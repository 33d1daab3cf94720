using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Website;

/// <summary>
/// From a web site's configuration, a request and what is known of the bucket, what to do next: a pure function. It asks for no look into
/// the bucket that would change nothing.
/// </summary>
internal static class WebsitePlanner
{
    public static WebsiteStep Next(WebsiteRecord site, WebsiteRequest request, WebsiteFindings findings)
    {
        if (site.RedirectAll is { } all) return new WebsiteStep.Redirect(301, RedirectLocations.Of(all, request, keepsQuery: true));
        if (RuleFor(site.Rules, request, findings.Status) is { } rule)
        {
            string target = RedirectLocations.Of(rule.Redirect, request, rule.KeyPrefix ?? "");
            return new WebsiteStep.Redirect(rule.Redirect.Status ?? 301, target);
        }
        if (findings.Status is not { } status) return new WebsiteStep.LookUp(KeyOf(site, request.Key));
        if (findings.RedirectLocation is { } location) return new WebsiteStep.Redirect(301, location);
        if (status < 400) return new WebsiteStep.Serve();
        return AfterError(site, request, findings, status);
    }

    private static WebsiteStep AfterError(WebsiteRecord site, WebsiteRequest request, WebsiteFindings findings, int status)
    {
        // Without the right to list, what is missing is forbidden: both may be folders.
        bool mayBeFolder = status is 403 or 404 && request.Key.Length > 0 && !request.Key.EndsWith('/');
        if (mayBeFolder && findings.IsFolder is null) return new WebsiteStep.LookForFolder($"{request.Key}/{site.IndexSuffix}");
        if (findings.IsFolder is true) return new WebsiteStep.Redirect(302, RedirectLocations.Path(request, request.Key + "/"));
        // The error document is for what the browser did wrong.
        return new WebsiteStep.Error(status < 500 ? site.ErrorKey : null);
    }

    /// <summary>The site itself and its folders are their index documents.</summary>
    private static string KeyOf(WebsiteRecord site, string key) => key.Length == 0 || key.EndsWith('/') ? key + site.IndexSuffix : key;

    /// <summary>The first rule that fits; none while an earlier one would need a status that nobody knows yet.</summary>
    private static RoutingRuleRecord? RuleFor(IReadOnlyList<RoutingRuleRecord> rules, WebsiteRequest request, int? status)
    {
        foreach (RoutingRuleRecord rule in rules)
        {
            if (!request.Key.StartsWith(rule.KeyPrefix ?? "", StringComparison.Ordinal)) continue;
            if (rule.ErrorStatus is null || rule.ErrorStatus == status) return rule;
            if (status is null) return null;
        }
        return null;
    }
}
