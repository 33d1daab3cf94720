namespace S3Toolkit.Server.Storage;

/// <summary>A setting of a bucket that is kept as it was put.</summary>
/// <param name="Kind">What it sets: logging, inventory ...</param>
/// <param name="Id">Its name among those of its kind; "" when there can be only one.</param>
/// <param name="Content">What was put, in one form whatever form it came in.</param>
internal sealed record StoredSettingRecord(string Kind, string Id, DocumentRecord Content);

/// <summary>An element of a setting: a text, or further elements.</summary>
internal sealed record DocumentRecord(string Name)
{
    public string? Text { get; init; }

    public IReadOnlyList<DocumentRecord> Children { get; init; } = [];

    public DocumentRecord? Child(string name) => Children.FirstOrDefault(child => child.Name == name);

    /// <summary>The text at the end of a path of elements; null when it is not there.</summary>
    public string? TextOf(params ReadOnlySpan<string> path)
    {
        DocumentRecord? node = this;
        foreach (string name in path) node = node?.Child(name);
        return node?.Text;
    }
}
