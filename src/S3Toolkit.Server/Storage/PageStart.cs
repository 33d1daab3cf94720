namespace S3Toolkit.Server.Storage;

/// <summary>Where a page of a listing begins.</summary>
/// <param name="Place">How it lies to the key.</param>
/// <param name="Key">A key, or a common prefix.</param>
internal readonly record struct PageStart(PagePlace Place, string Key)
{
    /// <summary>
    /// After the last key, or the last common prefix, of the page before. A page may go on within a key: when the marker's key has entries
    /// of its own in this listing and <paramref name="afterEntry"/> names one of them.
    /// </summary>
    public static PageStart Of(string prefix, string delimiter, string afterKey, string afterEntry = "")
    {
        if (afterKey.Length == 0 || KeyOrder.CompareKeys(afterKey, prefix) < 0) return new(PagePlace.At, prefix);
        if (!afterKey.StartsWith(prefix, StringComparison.Ordinal)) return new(PagePlace.After, afterKey);
        if (KeyRollup.CommonPrefixOf(afterKey, prefix, delimiter) is { } common) return new(PagePlace.AfterPrefix, common);
        return new(afterEntry.Length > 0 ? PagePlace.Within : PagePlace.After, afterKey);
    }
}

internal enum PagePlace
{
    /// <summary>At the key, or at what follows it when it is not there.</summary>
    At,

    After,

    /// <summary>After all keys that start with it.</summary>
    AfterPrefix,

    /// <summary>At the key, among its entries.</summary>
    Within,
}
