namespace S3Toolkit.Server.Storage;

/// <summary>This file: where it says that it is, pages of other origins, the web site, and what is only kept.</summary>
internal sealed partial record BucketRecord
{
    /// <summary>An older name of its region, by which it was made; null = the region's own.</summary>
    public string? LocationConstraint { get; init; }

    /// <summary>Empty = pages of other origins learn nothing.</summary>
    public IReadOnlyList<CorsRuleRecord> Cors { get; init; } = [];

    /// <summary>Null = it is no web site.</summary>
    public WebsiteRecord? Website { get; init; }

    /// <summary>Settings that are kept as they were put, and change nothing here.</summary>
    public IReadOnlyList<StoredSettingRecord> Settings { get; init; } = [];

    /// <summary>A setting; null when it is not there.</summary>
    public DocumentRecord? Setting(string kind, string id = "") =>
        Settings.FirstOrDefault(setting => setting.Kind == kind && setting.Id == id)?.Content;

    /// <summary>The bucket with a setting put in place of the one before, or with none (null).</summary>
    public BucketRecord WithSetting(string kind, string id, DocumentRecord? content)
    {
        IEnumerable<StoredSettingRecord> others = Settings.Where(setting => setting.Kind != kind || setting.Id != id);
        return this with { Settings = content is null ? [.. others] : [.. others, new StoredSettingRecord(kind, id, content)] };
    }
}
