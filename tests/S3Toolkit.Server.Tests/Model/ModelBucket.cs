namespace S3Toolkit.Server.Tests.Model;

/// <summary>A version or a delete marker. Time is the number of the step that made it.</summary>
internal sealed class ModelVersion
{
    public string Id { get; set; } = "null";

    public bool IsMarker { get; init; }

    public byte[] Body { get; init; } = [];

    public string ETag { get; init; } = "";

    public int Time { get; init; }

    /// <summary>The step that wrote it; what was completed from an upload is of the time of the upload's start.</summary>
    public int Written { get; set; }

    public int Tag { get; set; }

    public string Note { get; init; } = "";

    /// <summary>The lengths of the parts; empty when it was put in one piece.</summary>
    public int[] Parts { get; init; } = [];
}

internal sealed record ModelUpload(string Key, string Id, int Time, int Tag, bool HadObject)
{
    public SortedDictionary<int, (byte[] Body, int Time)> Parts { get; } = [];

    /// <summary>The answer to Complete, once it was; it is repeated to who asks again.</summary>
    public string? Completed { get; set; }
}

internal sealed class ModelBucket
{
    /// <summary>Null = versioning was never set.</summary>
    public bool? IsVersioned { get; set; }

    /// <summary>The versions of each key, oldest first; no key without one. In S3's order: by UTF-8 bytes.</summary>
    public SortedDictionary<string, List<ModelVersion>> Keys { get; } = new(Comparer<string>.Create(Utf8Order));

    public List<ModelUpload> Uploads { get; } = [];

    public static int Utf8Order(string left, string right) =>
        System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right));

    /// <summary>The newest version, a marker included; null when there is none.</summary>
    public ModelVersion? Newest(string key) => Keys.GetValueOrDefault(key)?[^1];

    public ModelVersion? Find(string key, string? id) =>
        id is null ? Newest(key) : Keys.GetValueOrDefault(key)?.Find(version => version.Id == id);

    public void Add(string key, ModelVersion version)
    {
        if (version.Id == "null") Remove(key, "null"); // there is only one
        if (!Keys.TryGetValue(key, out List<ModelVersion>? versions)) Keys[key] = versions = [];
        versions.Add(version);
    }

    public void Remove(string key, string id)
    {
        if (!Keys.TryGetValue(key, out List<ModelVersion>? versions)) return;
        versions.RemoveAll(version => version.Id == id);
        if (versions.Count == 0) Keys.Remove(key);
    }
}
