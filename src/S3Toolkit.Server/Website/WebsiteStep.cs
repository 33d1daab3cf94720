namespace S3Toolkit.Server.Website;

/// <summary>What to do next with a request.</summary>
internal abstract record WebsiteStep
{
    /// <summary>Get this object, and ask again with its status.</summary>
    internal sealed record LookUp(string Key) : WebsiteStep;

    /// <summary>See whether this index document is there, and ask again.</summary>
    internal sealed record LookForFolder(string IndexKey) : WebsiteStep;

    /// <summary>Answer with what was found.</summary>
    internal sealed record Serve : WebsiteStep;

    /// <summary>Send the browser elsewhere.</summary>
    internal sealed record Redirect(int Status, string Location) : WebsiteStep;

    /// <summary>Answer with the error, as this object tells it; null = as S3 tells it.</summary>
    internal sealed record Error(string? DocumentKey) : WebsiteStep;
}
