namespace S3Toolkit.Server.Storage;

internal readonly record struct DeletionRequest(string Key, string? VersionId, WriteCondition Condition, DateTimeOffset Now);
