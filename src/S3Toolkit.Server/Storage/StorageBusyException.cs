namespace S3Toolkit.Server.Storage;

/// <summary>Somebody else keeps the storage from writing just now. Nothing was stored; a later try may go well.</summary>
internal sealed class StorageBusyException(string message, Exception? innerException = null) : Exception(message, innerException);
