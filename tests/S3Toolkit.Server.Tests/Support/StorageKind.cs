namespace S3Toolkit.Server.Tests.Support;

public enum StorageKind
{
    Memory,
    Disk,
}
