namespace S3Toolkit.Server.Tests.Model;

/// <summary>
/// Answers as text: the model and the driver of the real server both write them here, so that they differ only in what they say.
/// </summary>
internal static class Answer
{
    public static string Error(int status, string? code) => $"{status} {code}";

    /// <summary>HEAD has no body, and so no code.</summary>
    public static string HeadError(int status) => $"{status}";

    public static string Written(string eTag, string? version) => $"200 {eTag} version={version}";

    public static string Copied(string eTag, int modified, string? version, string? sourceVersion) =>
        $"200 {eTag} modified={modified} version={version} source={sourceVersion}";

    public static string Read(
        int status, string eTag, long length, string? range, string? version, int modified, string? note, int tags, byte[]? bytes) =>
        $"{status} {eTag} length={length} range={range} version={version} modified={modified} note={note} tags={tags} "
        + $"bytes={(bytes is null ? "" : Bodies.Md5(bytes))}";

    public static string Deleted(bool isMarker, string? version) => $"204 marker={isMarker} version={version}";

    public static string DeletedOne(string key, string? version, bool isMarker, string? markerVersion) =>
        $"{key} version={version} marker={isMarker} {markerVersion}";

    public static string DeletedMany(IEnumerable<string> deleted, IEnumerable<string> errors) =>
        $"200 {string.Join(", ", deleted)}; {string.Join(", ", errors)}";

    public static string Tags(int status, int tag, string? version) => $"{status} tag={tag} version={version}";

    public static string Object(string key, string eTag, long length, int modified) => $"{key} {eTag} {length} {modified}";

    public static string Version(string key, string id, bool isMarker, bool isLatest, string eTag, long length, int modified) =>
        $"{key} {id} marker={isMarker} latest={isLatest} {eTag} {length} {modified}";

    public static string Upload(string key, string id, int initiated) => $"{key} {id} {initiated}";

    public static string Part(int number, string eTag, long length, int modified) => $"{number} {eTag} {length} {modified}";

    public static string Page(IEnumerable<string> items, IEnumerable<string> prefixes, bool isTruncated) =>
        $"{string.Join(", ", items)}; {string.Join(", ", prefixes)}; more={isTruncated}\n";
}
