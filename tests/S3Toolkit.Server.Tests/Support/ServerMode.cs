namespace S3Toolkit.Server.Tests.Support;

public enum ServerMode
{
    Socket,
    InMemory,

    /// <summary>Without a socket, and all data in a folder.</summary>
    OnDisk,
}
