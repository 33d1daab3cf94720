namespace S3Toolkit.Server.Storage;

/// <summary>There is no room left for what was to be stored. Nothing of it was.</summary>
internal sealed class StorageFullException(string message, Exception? innerException = null) : Exception(message, innerException);
