namespace S3Toolkit.Listing;

/// <summary>Keys that are read page by page, by one request at a time: those after one key, up to and including another.</summary>
internal sealed class KeyRange(string? after, string? through)
{
    /// <summary>The last key that was read, or the one that the range begins after.</summary>
    public string? Cursor { get; set; } = after;

    /// <summary>The last key that may belong to it; null for no limit.</summary>
    public string? Through { get; set; } = through;

    /// <summary>Where the server goes on after a page without keys; null to go on after the cursor.</summary>
    public string? Token { get; set; }

    /// <summary>The first key of the last page; null before there was one.</summary>
    public string? PageFirst { get; set; }

    /// <summary>How many pages were read.</summary>
    public int Pages { get; set; }

    /// <summary>How many pages are to be read before it is worthwhile to look for a cut: a range of few keys is done sooner.</summary>
    public int PagesBeforeCut { get; set; } = 2;

    /// <summary>Pages that nobody took yet.</summary>
    public Queue<IReadOnlyList<ObjectListing>> Unread { get; } = new();

    public bool IsFetching { get; set; }

    public bool IsBeingCut { get; set; }

    /// <summary>Whether all its keys were read.</summary>
    public bool IsRead { get; set; }

    public bool CanBeCut => !IsRead && !IsBeingCut && PageFirst is not null && Pages >= PagesBeforeCut;
}
