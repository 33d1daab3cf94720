namespace S3Toolkit.Server.Website;

/// <summary>What a browser asks a web site for.</summary>
/// <param name="Key">The path without its first slash, decoded: "" = the site itself.</param>
/// <param name="Query">As sent, without '?'.</param>
/// <param name="Protocol">http or https.</param>
/// <param name="Host">The host of the site, with its port.</param>
/// <param name="Root">What stands before the key in a path of this site: "/", or "/bucket/" in path style.</param>
internal sealed record WebsiteRequest(string Key, string Query, string Protocol, string Host, string Root);
