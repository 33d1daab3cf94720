namespace S3Toolkit.Server.Storage;

internal readonly record struct TagRecord(string Key, string Value);
