namespace S3Toolkit.Server.Tests.Model;

/// <summary>
/// What a caller of S3 has been told so far: version ids by key, and uploads. The model and the driver of the real server each keep their
/// own; steps name versions and uploads by their place in it.
/// </summary>
internal sealed class KnownNames
{
    public const string NeverGiven = "NeverGiven0123456789";

    private readonly Dictionary<(string Bucket, string Key), List<string>> _versions = [];
    private readonly List<(string Bucket, string Key, string Id)> _uploads = [];

    public void AddVersion(string bucket, string key, string? versionId)
    {
        if (versionId is null or "null" or NeverGiven) return;
        if (!_versions.TryGetValue((bucket, key), out List<string>? ids)) _versions[(bucket, key)] = ids = [];
        if (!ids.Contains(versionId)) ids.Add(versionId);
    }

    /// <summary>Mostly none is named; else it is the null version or one that the key was once given.</summary>
    public string? Version(string bucket, string key, int number)
    {
        if (number < 5) return null;
        if (number == 5) return "null";
        List<string> ids = _versions.GetValueOrDefault((bucket, key)) ?? [NeverGiven];
        return ids[(number - 6) % ids.Count];
    }

    public void AddUpload(string bucket, string key, string id) => _uploads.Add((bucket, key, id));

    public (string Bucket, string Key, string Id) Upload(int number) =>
        _uploads.Count == 0 ? ("one", "a", NeverGiven) : _uploads[number % _uploads.Count];
}
