namespace S3Toolkit.Server.Pipeline;

/// <summary>The fields of a browser upload (multipart/form-data) that come before the file.</summary>
/// <param name="Fields">
/// Names (case-insensitive, as S3 reads them) and values; ${filename} in the key is already replaced in <paramref name="Key"/>, not here.
/// </param>
/// <param name="Key">The key to write, with ${filename} replaced.</param>
/// <param name="FileName">The file's name as the browser sent it; the variable ${filename} when it sent none.</param>
internal sealed record S3PostForm(IReadOnlyDictionary<string, string> Fields, string Key, string FileName);
