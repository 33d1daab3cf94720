namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>What the database forgets of an object that is removed, and that who has just found it may still ask for.</summary>
/// <param name="Files">In their order. The name of the first is the body's own: no other body ever has it.</param>
/// <param name="Parts">The parts that it was completed from, as JSON; null when it has none.</param>
internal sealed record FreedBody(IReadOnlyList<StoredFile> Files, byte[]? Parts);
