namespace S3Toolkit.Server.Storage;

/// <summary>What a conditional Complete is held against: the key as it was when the upload began.</summary>
/// <param name="Time">To the tick.</param>
/// <param name="HadObject">Whether the key had a current object.</param>
internal sealed record UploadStart(DateTimeOffset Time, bool HadObject);
