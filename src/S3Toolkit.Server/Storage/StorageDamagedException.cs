namespace S3Toolkit.Server.Storage;

/// <summary>What was stored cannot be read back as it was. Not an IOException: those mean that a client left.</summary>
internal sealed class StorageDamagedException(string message, Exception? innerException = null) : Exception(message, innerException);
